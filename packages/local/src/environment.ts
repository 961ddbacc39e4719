import { local } from "@penstock/lake/names.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";
import { javaHome } from "@penstock/toolchain/setup/java.ts";
import { sparkHome } from "@penstock/toolchain/setup/spark-home.ts";

/** Where Python, Java and Spark are, and who asks; nothing of the user's own environment that could bend them. */
export function sparkEnvironment(): Readonly<Record<string, string>> {
  const { PATH = "", HOME = "" } = process.env;
  return {
    PATH,
    HOME,
    LANG: "C.UTF-8",
    TZ: "UTC",
    JAVA_HOME: javaHome(),
    SPARK_HOME: sparkHome(),
    PYSPARK_PYTHON: toolchain.python,
    PYTHONUNBUFFERED: "1",
    // a process whose starter is gone ends too (see python/parent.py)
    PENSTOCK_STARTED_BY: String(process.pid),
  };
}

/** The access key that tells the requests of functions from those of people and their programs. */
export const functionsKey = "function";

/** Points every AWS SDK at the daemon. */
export function awsEnvironment(endpoint: string, accessKey = "local"): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: local.region,
    AWS_DEFAULT_REGION: local.region,
    AWS_ACCESS_KEY_ID: accessKey,
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  };
}
