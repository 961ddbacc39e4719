import { createHash, randomUUID } from "node:crypto";
import { appendFileSync, createReadStream, mkdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { type FSWatcher, watch } from "chokidar";
import { type JsonObject, parseObject } from "./json.ts";

/** What the stand-in for S3's event notifications needs to know. */
export interface S3EventsOptions {
  /** The lake's folder; objects below `raw/` are watched. */
  readonly lake: string;
  readonly bucket: string;
  readonly account: string;
  readonly region: string;
  /** Remembers what was delivered, so that objects that came while nobody watched are delivered too. */
  readonly record: string;
  /** Takes an event of a put at that time, milliseconds since the epoch; one that could not be taken is delivered again by the next daemon. */
  readonly deliver: (key: string, event: JsonObject, putAt: number) => void;
  /** How long an object must not have changed before it counts as put, and how long its event is under way. */
  readonly settleMs: number;
  readonly delayMs: number;
  readonly onError: (message: string) => void;
}

/** S3 → EventBridge: an `Object Created` event for every object put below `raw/`, at least once. */
export class S3Events {
  private readonly options: S3EventsOptions;
  private readonly delivered: Map<string, string>;
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private watcher: FSWatcher | undefined;

  constructor(options: S3EventsOptions) {
    this.options = options;
    this.delivered = readDelivered(options.record);
  }

  /** Begins to watch; resolves when every object that was already there has been seen. */
  async start(): Promise<void> {
    const raw = join(this.options.lake, "raw");
    mkdirSync(raw, { recursive: true });
    mkdirSync(dirname(this.options.record), { recursive: true });
    const { settleMs } = this.options;
    this.watcher = watch(raw, {
      ignored: (path) => path !== raw && isUnfinished(path),
      awaitWriteFinish: { stabilityThreshold: settleMs, pollInterval: Math.max(20, settleMs / 5) },
    });
    this.watcher.on("add", (path) => this.schedule(path));
    this.watcher.on("change", (path) => this.schedule(path));
    this.watcher.on("unlink", (path) => this.forget(path));
    this.watcher.on("error", (error) => this.options.onError(String(error)));
    const watcher = this.watcher;
    await new Promise<void>((resolve) => watcher.once("ready", () => resolve()));
  }

  async close(): Promise<void> {
    for (const timer of this.timers.values()) clearTimeout(timer);
    await this.watcher?.close();
  }

  private schedule(path: string): void {
    clearTimeout(this.timers.get(path));
    const send = () => {
      this.timers.delete(path);
      this.send(path).catch((error: unknown) => this.options.onError(`event of ${path}: ${String(error)}`));
    };
    this.timers.set(path, setTimeout(send, this.options.delayMs));
  }

  private async send(path: string): Promise<void> {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats?.isFile()) return;
    const key = this.keyOf(path);
    const version = `${stats.size} ${stats.mtimeMs}`;
    if (this.delivered.get(key) === version) return;
    this.options.deliver(key, objectCreated(this.options, key, stats, await md5(path)), stats.mtimeMs);
    this.remember(key, version);
  }

  /** An object that was deleted may be put again as it was, its time included: that is an event too. */
  private forget(path: string): void {
    const key = this.keyOf(path);
    if (this.delivered.has(key)) this.remember(key, "");
  }

  private remember(key: string, version: string): void {
    this.delivered.set(key, version);
    appendFileSync(this.options.record, `${JSON.stringify({ key, version })}\n`);
  }

  private readonly keyOf = (path: string): string => relative(this.options.lake, path).split(sep).join("/");
}

/** The event as EventBridge gives it: the key as it is, not URL-encoded as in S3's own notifications. */
function objectCreated(options: S3EventsOptions, key: string, stats: Stats, etag: string): JsonObject {
  const { account, region, bucket } = options;
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "Object Created",
    source: "aws.s3",
    account,
    time: new Date(stats.mtimeMs).toISOString().replace(/\.\d+Z$/, "Z"),
    region,
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: "0",
      bucket: { name: bucket },
      object: { key, size: stats.size, etag, sequencer: sequencer(stats.mtimeMs) },
      "request-id": randomUUID().replaceAll("-", "").slice(0, 16).toUpperCase(),
      requester: account,
      "source-ip-address": "127.0.0.1",
      reason: "PutObject",
    },
  };
}

/** Grows with the time of the put: of two events on one key, the greater is the newer. */
const sequencer = (mtimeMs: number): string =>
  Math.round(mtimeMs * 1000)
    .toString(16)
    .toUpperCase()
    .padStart(18, "0");

/** Names that programs give to what is not yet whole, and hidden files. */
const isUnfinished = (path: string): boolean =>
  /(^|[\\/])\.[^\\/]*$|(\.(tmp|temp|part|partial|crdownload|unfinished|swp)|~)$/.test(path);

async function md5(path: string): Promise<string> {
  const hash = createHash("md5");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

function readDelivered(path: string): Map<string, string> {
  const delivered = new Map<string, string>();
  let content = "";
  try {
    content = readFileSync(path, "utf8");
  } catch {
    return delivered;
  }
  for (const line of content.split("\n").slice(0, -1)) {
    const entry = readEntry(line);
    if (entry) delivered.set(String(entry.key), String(entry.version));
  }
  return delivered;
}

/** Nothing for a line that a kill or a full disk cut off: its event is delivered once more. */
function readEntry(line: string): JsonObject | undefined {
  try {
    return parseObject(line);
  } catch {
    return undefined;
  }
}
