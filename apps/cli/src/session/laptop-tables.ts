import { local, sharedNames } from "@penstock/lake/names.ts";
import { defaultHome } from "@penstock/local/client.ts";
import type { Home } from "@penstock/local/home.ts";
import { pipelines } from "@penstock/pipelines/registry.ts";
import { ensureSetUp } from "../setting-up.ts";
import type { Tables } from "./session.ts";

/** The laptop's tables, by DuckDB in this process; sets up what is missing. */
export async function openLaptopTables(): Promise<Tables> {
  await ensureSetUp();
  return laptopTables(defaultHome());
}

/** The tables in a home's lake. */
export function laptopTables(home: Home): Tables {
  const database = { lakeRoot: home.lake, database: sharedNames(local).database };
  const athena = () => import("@penstock/local/athena/run.ts");
  return {
    environment: local,
    pipelines,
    firstCommand: "pnpm start",
    query: async (sql) => (await athena()).runAthena(sql, database),
    answer: async (sql) => ({
      scanned: null,
      async texts() {
        const { columns, rows } = await (await athena()).runAthena(sql, database);
        return { columns, pages: onePage(async () => rows) };
      },
      json: () => onePage(async () => (await athena()).queryRows(sql, database)),
      arrow: async () => (await athena()).queryArrow(sql, database),
      async parquet(path) {
        await (await athena()).exportParquet(sql, path, database);
      },
    }),
  };
}

async function* onePage<Rows>(read: () => Promise<Rows>): AsyncGenerator<Rows> {
  yield await read();
}
