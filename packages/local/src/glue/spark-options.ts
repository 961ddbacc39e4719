import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What Spark's settings depend on. */
export interface SparkSite {
  /** Tells this home's JVM from any other on the machine. */
  readonly name: string;
  /** The lake's folder. */
  readonly lake: string;
  readonly scratch: string;
  /** The folder of Iceberg's, Delta's and Deequ's jars. */
  readonly jars: string;
  /** A class-data archive to start from, or to write at the end; a missing one is done without. */
  readonly archive: { readonly path: string; readonly write: boolean };
  readonly cores: number;
  readonly memoryMb: number;
}

/** Spark's settings on the laptop: as in Glue 5.1 where it matters to a job, sized to the machine elsewhere. */
export function sparkOptions(site: SparkSite): Readonly<Record<string, string>> {
  const jars = readdirSync(site.jars).filter((name) => name.endsWith(".jar"));
  return {
    "spark.master": "local[*]",
    "spark.app.name": site.name,
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": `${driverMemoryMb(site.memoryMb)}m`,
    // By the class path rather than spark.jars: those would be copied and loaded apart, past the archive.
    "spark.driver.extraClassPath": jars
      .sort()
      .map((name) => join(site.jars, name))
      .join(":"),
    "spark.driver.extraJavaOptions": javaOptions(site),
    "spark.local.dir": join(site.scratch, "spark"),
    "spark.sql.warehouse.dir": join(site.scratch, "spark-warehouse"),
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": String(site.cores),
    // The queries of a pipeline's runs are the same each time. One run has more of them than the 100 whose compiled
    // code is kept by default, so that none would be left for the next.
    "spark.sql.codegen.cache.maxEntries": "1000",
    // A sort or a hash table takes its memory by the page, which is 64 MB by default with this much memory: a run of
    // little data went through gigabytes of them, most of them empty.
    "spark.buffer.pageSize": "2m",
    // Likewise 4 MB for each broadcast, of which every stage is one; and here they travel nowhere.
    "spark.broadcast.blockSize": "256k",
    "spark.broadcast.compress": "false",
    // Hadoop without its native library, which pyspark does not bring, starts a chmod for each file that it writes.
    "spark.hadoop.fs.file.impl": "com.globalmentor.apache.hadoop.fs.BareLocalFileSystem",
    // Delta first: the other way round a Delta UPDATE throws.
    "spark.sql.extensions":
      "io.delta.sql.DeltaSparkSessionExtension,org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
    "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
    // Fit for a cluster by default: 50 and 10,000 tasks, most of them without anything to do here. A table of a thousand
    // files has a log of a thousand lines.
    "spark.databricks.delta.snapshotPartitions": "1",
    "spark.sql.sources.parallelPartitionDiscovery.parallelism": String(4 * site.cores),
    "spark.sql.catalog.glue_catalog": "org.apache.iceberg.spark.SparkCatalog",
    "spark.sql.catalog.glue_catalog.type": "hadoop",
    "spark.sql.catalog.glue_catalog.warehouse": join(site.lake, "warehouse"),
    // A cached table would hide what another job's session has committed.
    "spark.sql.catalog.glue_catalog.cache-enabled": "false",
  };
}

function javaOptions({ archive, name, memoryMb }: SparkSite): string {
  const youngMb = Math.round(driverMemoryMb(memoryMb) / 6);
  const options = [
    `-Dpenstock.site=${name}`,
    "-Duser.timezone=UTC",
    "-XX:+UseSerialGC",
    // A query's plans are many objects that live for half a second: in the little space that a JVM gives itself at
    // first they are taken for old, and a tenth of a run goes into collecting those.
    `-Xmn${youngMb}m`,
    `-Xms${2 * youngMb}m`,
    "-XX:+ExitOnOutOfMemoryError",
  ];
  // The C1 compiler alone: on the sizes of a laptop its quick start wins over what C2 makes faster later. The first
  // runs of three pipelines take 41 s with it and 49 s with C2; a million rows take 31 s and 24 s.
  // It gives itself 48 MB for code, which some dozens of runs fill up; nothing is compiled from then on.
  options.push("-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m");
  if (archive.write) options.push(`-XX:ArchiveClassesAtExit="${archive.path}"`);
  else if (existsSync(archive.path)) options.push(`-XX:SharedArchiveFile="${archive.path}"`, "-Xlog:disable");
  return options.join(" ");
}

/** A quarter of the machine, and between one and four gigabytes. */
function driverMemoryMb(memoryMb: number): number {
  return Math.round(Math.min(Math.max(memoryMb / 4, 1024), 4096));
}
