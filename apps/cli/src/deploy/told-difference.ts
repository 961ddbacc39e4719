import type { Difference } from "@penstock/lake/table-differences.ts";

/** `charging_sessions.power_kw: the contract says double, Glue has nothing`. */
export const toldDifference = ({ dataset, column, contract, where, found }: Difference): string =>
  `${dataset}.${column}: the contract says ${contract ?? "nothing"}, ${where} has ${found ?? "nothing"}`;
