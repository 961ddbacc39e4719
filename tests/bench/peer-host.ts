import { mkdirSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { sparkEnvironment } from "@penstock/local/environment.ts";
import { runJobProcess } from "@penstock/local/glue/job-process.ts";
import { SparkHost } from "@penstock/local/glue/spark-host.ts";
import { sparkOptions } from "@penstock/local/glue/spark-options.ts";
import { LogFile } from "@penstock/local/log.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { seconds } from "./measure.ts";

/** A warm Spark with the daemon's own settings, for a peer; its lake is in the folder. */
export function peerHost(folder: string) {
  const lake = join(folder, "lake");
  const scratch = join(folder, "scratch");
  mkdirSync(lake, { recursive: true });
  mkdirSync(scratch, { recursive: true });
  const host = new SparkHost({
    python: toolchain.python,
    environment: sparkEnvironment,
    options: () =>
      sparkOptions({
        name: "penstock-bench-peer",
        lake,
        scratch,
        jars: toolchain.jars,
        archive: { path: toolchain.classDataArchive, write: false },
        cores: availableParallelism(),
        memoryMb: totalmem() / 2 ** 20,
      }),
    scratch: join(scratch, "spark"),
    record: join(folder, "spark.json"),
    log: join(folder, "spark.log"),
  });
  return {
    /** Seconds that a script takes. @throws Error when it fails */
    run: (script: string, argv: readonly string[]) =>
      seconds(async () => {
        const failure = await runJobProcess(host, {
          python: toolchain.python,
          environment: sparkEnvironment(),
          script,
          argv: [...argv],
          group: "peer",
          log: new LogFile(join(folder, "peer.log")),
          signal: new AbortController().signal,
        });
        if (failure !== undefined) throw new Error(`the peer failed: ${failure}`);
      }),
    close: () => host.close(),
  };
}
