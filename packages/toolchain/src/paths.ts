import { join, resolve } from "node:path";

/** Where everything that setting up brings lives: one folder at the repository's root, never committed. */
const repository = resolve(import.meta.dirname, "../../..");
const root = join(repository, ".toolchain");

export const toolchain = {
  /** The repository's root folder. */
  repository,
  root,
  /** The project's own Python, with pyspark and what the Glue runtime needs. */
  python: join(root, "python", "bin", "python"),
  /** What looks the infrastructure over; there once set up for tests. */
  checkov: join(root, "checkov", "bin", "checkov"),
  /** Iceberg, Delta and Deequ jars, fetched by Ivy. */
  jars: join(root, "jars"),
  /** Iceberg's jar for AWS; there only where the tests' tools are. */
  awsJars: join(root, "aws-jars"),
  /** The JVM's class-data archive, which halves Spark's start-up; may be absent. */
  classDataArchive: join(root, "spark.jsa"),
  /** DuckDB's signed extensions, laid out as DuckDB's `extension_directory` wants them. */
  duckdbExtensions: join(root, "duckdb"),
} as const;
