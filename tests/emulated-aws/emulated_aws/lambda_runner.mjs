/** One call of a function, as Lambda's Node runtime makes it: the event from stdin, the outcome to a pipe. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [pipe, given] = process.argv.slice(2);
const { requestId, arn, deadline } = JSON.parse(given);
const env = process.env;

try {
  const handler = await load(env._HANDLER, env.LAMBDA_TASK_ROOT);
  const value = await handler(JSON.parse(readFileSync(0, "utf8")), context());
  answer({ failed: false, value: value ?? null });
} catch (error) {
  console.error(error);
  answer({ failed: true, value: described(error) });
}

async function load(name, root) {
  const dot = name.lastIndexOf(".");
  const module = name.slice(0, dot);
  const file = ["", ".js", ".mjs", ".cjs"]
    .map((end) => join(root, `${module}${end}`))
    .find((path) => existsSync(path));
  if (file === undefined) throw named("Runtime.ImportModuleError", `Error: Cannot find module '${module}'`);
  const exported = await import(pathToFileURL(file).href);
  const handler = exported[name.slice(dot + 1)] ?? exported.default?.[name.slice(dot + 1)];
  if (typeof handler === "function") return handler;
  throw named("Runtime.HandlerNotFound", `${name} is undefined or not exported`);
}

function context() {
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: arn,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

function answer(outcome) {
  writeFileSync(Number(pipe), JSON.stringify(outcome));
  process.exit(0);
}

function named(name, message) {
  return Object.assign(new Error(message), { name });
}

function described(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: String(error.stack).split("\n") };
}
