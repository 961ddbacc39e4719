import { createReadStream, rmSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { runAthena } from "@penstock/local/athena/run.ts";
import { defaultHome } from "@penstock/local/client.ts";
import { tableToIPC } from "apache-arrow";
import Table from "cli-table3";
import { stringify } from "csv-stringify/sync";
import { print } from "./console.ts";
import { currentDatabase } from "./database.ts";

export type Format = "table" | "csv" | "json" | "arrow" | "parquet";

/** Rows that a table on a terminal shows; the other formats have them all. */
const mostRows = 1000;

/** Runs one query and prints its rows to stdout. @throws AthenaError */
export async function printQuery(sql: string, format: Format): Promise<void> {
  const database = currentDatabase(defaultHome());
  switch (format) {
    case "table": {
      const { columns, rows } = await runAthena(sql, database);
      const table = new Table({
        head: columns.map((column) => column.name),
        colAligns: columns.map(({ type }) =>
          /^(tinyint|smallint|integer|bigint|double|float|decimal)/.test(type) ? "right" : "left",
        ),
        style: { head: [], border: [] },
      });
      for (const row of rows.slice(0, mostRows)) table.push(row.map((value) => value ?? "NULL"));
      print(table.toString());
      const more = rows.length > mostRows ? `, the first ${mostRows} shown; --format csv has them all` : "";
      print(`${rows.length} row(s)${more}`);
      return;
    }
    case "csv": {
      const { columns, rows } = await runAthena(sql, database);
      print(stringify([columns.map((column) => column.name), ...rows]));
      return;
    }
    case "json": {
      const { queryRows } = await import("@penstock/local/athena/run.ts");
      print(JSON.stringify(await queryRows(sql, database)));
      return;
    }
    case "arrow": {
      const { queryArrow } = await import("@penstock/local/athena/run.ts");
      process.stdout.write(tableToIPC(await queryArrow(sql, database), "file"));
      return;
    }
    case "parquet": {
      const { exportParquet } = await import("@penstock/local/athena/run.ts");
      const path = join(defaultHome().scratch, `query-${process.pid}.parquet`);
      try {
        await exportParquet(sql, path, database);
        await pipeline(createReadStream(path), process.stdout, { end: false });
      } finally {
        rmSync(path, { force: true });
      }
    }
  }
}
