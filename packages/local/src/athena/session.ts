/**
 * The DuckDB instance over one lake: warm, shared by all queries of the process, and locked. It can read nothing
 * outside of the lake, and no query can change that.
 */

import { mkdirSync } from "node:fs";
import { totalmem } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { hasDelta } from "./delta.ts";
import { prelude } from "./prelude.ts";
import { quote } from "./value.ts";

const instances = new Map<string, Promise<DuckDBInstance>>();

/** Runs `work` on a connection of its own to the lake's instance. */
export async function withConnection<T>(
  lakeRoot: string,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const root = resolve(lakeRoot);
  // once locked, an instance learns nothing more: the first Delta table takes another
  const name = `${root}${hasDelta(join(root, "warehouse")) ? " with Delta" : ""}`;
  let instance = instances.get(name);
  if (instance === undefined) {
    instance = open(root, []);
    instances.set(name, instance);
    instance.catch(() => instances.delete(name));
  }
  return on(await instance, work);
}

/** The same with an instance that may also write the one file; it lives as long as the work. */
export async function withExport<T>(
  lakeRoot: string,
  file: string,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const instance = await open(resolve(lakeRoot), [resolve(file)]);
  try {
    return await on(instance, work);
  } finally {
    instance.closeSync();
  }
}

async function on<T>(
  instance: DuckDBInstance,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
  }
}

async function open(root: string, files: readonly string[]): Promise<DuckDBInstance> {
  mkdirSync(root, { recursive: true });
  const instance = await DuckDBInstance.create(":memory:");
  await on(instance, async (connection) => {
    for (const statement of [...setting(root), ...prelude, ...locking(root, files)])
      await connection.run(statement);
  });
  return instance;
}

function setting(root: string): readonly string[] {
  return [
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    `SET extension_directory = ${quote(toolchain.duckdbExtensions)}`,
    // In this order: iceberg looks for avro.
    "LOAD avro",
    "LOAD iceberg",
    ...(hasDelta(join(root, "warehouse")) ? ["LOAD delta"] : []),
    "SET TimeZone = 'UTC'",
    // A spill goes beside the lake; each process has a folder of its own.
    `SET temp_directory = ${quote(join(dirname(root), "duckdb", String(process.pid)))}`,
    `SET memory_limit = ${quote(`${Math.max(1, Math.floor(totalmem() / 2 / 2 ** 30))}GiB`)}`,
    "SET scalar_subquery_error_on_multiple_rows = true",
  ];
}

/** `files` may be written besides. */
function locking(root: string, files: readonly string[]): readonly string[] {
  return [
    `SET allowed_directories = [${quote(`${root}/`)}]`,
    `SET allowed_paths = [${files.map(quote).join(", ")}]`,
    "SET enable_external_access = false",
    "SET lock_configuration = true",
  ];
}
