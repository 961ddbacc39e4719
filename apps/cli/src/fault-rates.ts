import { nearestName } from "@penstock/contracts/errors.ts";
import type { FaultRates } from "@penstock/sampling/sample-file.ts";
import { WrongUsage } from "./failure.ts";

/**
 * What `--faults` asks for: one share for all kinds together (`0.05`), or one for each of some
 * (`still open=0.01,negative energy=0.02`).
 *
 * @throws WrongUsage when a kind is unknown, a share is none, or the shares are more than 1
 */
export function faultRates(text: string, known: readonly string[]): FaultRates {
  const rates = text.includes("=") ? byKind(text, known) : evenly(share(text, text), known);
  const total = Object.values(rates).reduce((sum, rate) => sum + rate, 0);
  // sums of decimal fractions miss 1 by a hair
  if (total > 1 + 1e-9)
    throw new WrongUsage(`--faults ${text}: the shares add up to ${total}, at most 1 can be`);
  return rates;
}

const evenly = (total: number, kinds: readonly string[]): FaultRates =>
  total === 0 ? {} : Object.fromEntries(kinds.map((kind) => [kind, total / kinds.length]));

function byKind(text: string, known: readonly string[]): FaultRates {
  const rates: Record<string, number> = {};
  for (const part of text.split(",").filter((one) => one.trim() !== "")) {
    const [kind = "", rate = ""] = part.split("=").map((one) => one.trim());
    if (!known.includes(kind)) {
      const nearest = nearestName(kind, known);
      const hint = nearest === undefined ? "" : `did you mean "${nearest}"? `;
      throw new WrongUsage(
        `--faults: there is no fault ${JSON.stringify(kind)}; ${hint}Known: ${known.join(", ")}`,
      );
    }
    if (kind in rates) throw new WrongUsage(`--faults: ${kind} is there twice`);
    rates[kind] = share(rate, part.trim());
  }
  return rates;
}

function share(text: string, where: string): number {
  const value = text === "" ? Number.NaN : Number(text);
  if (!(value >= 0 && value <= 1)) throw new WrongUsage(`--faults ${where}: expected a share from 0 to 1`);
  return value;
}
