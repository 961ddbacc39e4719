import { fileRun } from "@penstock/workflows/file-run.ts";
import { order, orderItem, product } from "./contract.ts";

/** Where the shop's files are dropped. */
export const prefix = "raw/retail/";

/** Parents before children: an item is looked for among the orders and products of its own run, too. */
export const datasets = [product, order, orderItem];

export const workflow = fileRun({ datasets, prefix, lookups: [], validate: true, archive: true });
