import { createReadStream, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { defaultHome } from "@penstock/local/client.ts";
import { tableToIPC } from "apache-arrow";
import Table from "cli-table3";
import { stringify } from "csv-stringify/sync";
import { print } from "./console.ts";
import type { Answer } from "./session/session.ts";

export type Format = "table" | "csv" | "json" | "arrow" | "parquet";

/** Rows that a table on a terminal shows; the other formats have them all. */
const mostRows = 1000;

/** Prints a query's rows to stdout, as they come. @throws AthenaError */
export async function printAnswer(answer: Answer, format: Format): Promise<void> {
  switch (format) {
    case "table":
      return await printTable(answer);
    case "csv":
      return await printed(csvOf(answer));
    case "json":
      return await printed(jsonOf(answer));
    case "arrow":
      process.stdout.write(tableToIPC(await answer.arrow(), "file"));
      return;
    case "parquet":
      return await printParquet(answer);
    default:
      return format satisfies never;
  }
}

async function printTable(answer: Answer): Promise<void> {
  const { columns, pages } = await answer.texts();
  const table = new Table({
    head: columns.map((column) => column.name),
    colAligns: columns.map(({ type }) =>
      /^(tinyint|smallint|integer|bigint|double|float|decimal)/.test(type) ? "right" : "left",
    ),
    style: { head: [], border: [] },
  });
  let count = 0;
  for await (const rows of pages) {
    for (const row of rows.slice(0, Math.max(0, mostRows - count)))
      table.push(row.map((value) => value ?? "NULL"));
    count += rows.length;
  }
  print(table.toString());
  const more = count > mostRows ? `, the first ${mostRows} shown; --format csv has them all` : "";
  print(`${count} row(s)${more}`);
}

async function* csvOf(answer: Answer): AsyncGenerator<string> {
  const { columns, pages } = await answer.texts();
  yield stringify([columns.map((column) => column.name)]);
  for await (const rows of pages) yield stringify([...rows]);
}

/** One array of objects on one line. */
async function* jsonOf(answer: Answer): AsyncGenerator<string> {
  let before = "[";
  for await (const rows of answer.json()) {
    if (rows.length === 0) continue;
    yield before + rows.map((row) => JSON.stringify(row)).join(",");
    before = ",";
  }
  yield before === "[" ? "[]\n" : "]\n";
}

async function printParquet(answer: Answer): Promise<void> {
  const folder = defaultHome().scratch;
  const path = join(folder, `query-${process.pid}.parquet`);
  mkdirSync(folder, { recursive: true });
  try {
    await answer.parquet(path);
    await pipeline(createReadStream(path), process.stdout, { end: false });
  } finally {
    rmSync(path, { force: true });
  }
}

const printed = (texts: AsyncIterable<string>): Promise<void> =>
  pipeline(Readable.from(texts), process.stdout, { end: false });
