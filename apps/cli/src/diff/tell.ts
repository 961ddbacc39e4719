import Table from "cli-table3";
import type { Figures } from "../figures.ts";
import type { Diff } from "./compare.ts";
import type { MetricMoves, Move } from "./metrics.ts";
import { changes, type RowChanges } from "./rows.ts";

/** What is put before a row of a sample. */
const signs = { added: "+", gone: "-", changed: "~" } as const;

/** A diff as a person reads it: counts first, then the samples. */
export function diffText({ datasets, metrics, not_compared }: Diff): string {
  const rows = Object.entries(datasets);
  const moves = Object.entries(metrics);
  return [
    ...not_compared.map(
      (name) => `${name} is kept as Delta; Athena reads no earlier version of it to compare.`,
    ),
    ...(rows.length === 0
      ? []
      : [
          table(
            ["rows of", "added", "gone", "changed"],
            rows.map(([name, { added, gone, changed }]) => [name, added, gone, changed]),
          ),
        ]),
    ...rows.flatMap(([name, of]) => rowLines(name, of)),
    ...(moves.length === 0
      ? rows.length === 0
        ? []
        : ["No table changed, so no metric moved."]
      : [
          table(
            ["figures of", "by", "added", "gone", "moved", "unmoved"],
            moves.map(([name, of]) => [name, of.by, of.added, of.gone, of.moved, of.unmoved]),
          ),
        ]),
    ...moves.flatMap(([name, of]) => moveLines(name, of)),
  ].join("\n");
}

function rowLines(name: string, { sample, ...of }: RowChanges): string[] {
  return changes.flatMap((change) => [
    ...sample[change].map((key) => `  ${signs[change]} ${name} ${Object.values(key).join(" / ")}`),
    ...more(of[change] - sample[change].length, `${name} ${change}`),
  ]);
}

function moveLines(name: string, { sample, added, gone, moved }: MetricMoves): string[] {
  const lines = sample.map((move) => {
    const sign = move.from === null ? "+" : move.to === null ? "-" : "~";
    return `  ${sign} ${name} ${move.key} ${move.period}: ${figuresText(move)}`;
  });
  return [...lines, ...more(added + gone + moved - sample.length, name)];
}

const more = (count: number, what: string): string[] =>
  count > 0 ? [`    and ${count.toLocaleString("en-GB")} more of ${what}`] : [];

/** Every figure that is new or gone, else those that moved: `sessions 12 → 13`. */
function figuresText({ from, to }: Move): string {
  if (from === null || to === null) return plain(from ?? to ?? {});
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  const moved = names.filter((name) => from[name] !== to[name]);
  return moved.map((name) => `${name} ${from[name] ?? "none"} → ${to[name] ?? "none"}`).join(", ");
}

const plain = (figures: Figures): string =>
  Object.entries(figures)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const numbers = rows.map((row) =>
    row.map((cell) => (typeof cell === "number" ? cell.toLocaleString("en-GB") : cell)),
  );
  const made = new Table({
    head: [...head],
    colAligns: head.map((_, at) => (typeof rows[0]?.[at] === "number" ? "right" : "left")),
    style: { head: [], border: [] },
  });
  made.push(...numbers);
  return made.toString();
}
