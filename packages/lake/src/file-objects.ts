/** Objects as files below a folder. A key can't be a folder of another here, as it can in S3. */

import { createHash, randomUUID } from "node:crypto";
import { constants, createReadStream, createWriteStream, type Stats } from "node:fs";
import {
  copyFile,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { pathToFileURL } from "node:url";
import { ObjectMissing } from "./object-missing.ts";
import { ObjectTaken } from "./object-taken.ts";
import type { Head, Listed, Objects } from "./objects.ts";

/** Files on their way, out of sight of listings and of whoever watches the zones. */
const stagingFolder = ".incoming";

/** @param root the folder's absolute path; made when it is missing */
export function fileObjects(root: string): Objects {
  const folder = resolve(root);
  const pathOf = (key: string): string => pathBelow(folder, key);

  async function stage<T>(settle: (staged: string) => Promise<T>): Promise<T> {
    await mkdir(join(folder, stagingFolder), { recursive: true });
    const staged = join(folder, stagingFolder, randomUUID());
    try {
      return await settle(staged);
    } finally {
      await rm(staged, { force: true });
    }
  }

  /** Gives a staged file its key; false when the key has a file already. */
  async function place(staged: string, key: string): Promise<boolean> {
    await mkdir(dirname(pathOf(key)), { recursive: true });
    try {
      await link(staged, pathOf(key));
      return true;
    } catch (error) {
      if (codeOf(error) === "EEXIST") return false;
      throw error;
    }
  }

  async function replace(key: string, fill: (staged: string) => Promise<void>): Promise<void> {
    await stage(async (staged) => {
      await fill(staged);
      await mkdir(dirname(pathOf(key)), { recursive: true });
      await rename(staged, pathOf(key));
    });
  }

  /** Null when there is none. */
  async function hashOf(key: string): Promise<string | null> {
    return await sha256(pathOf(key)).catch(nullIfMissing);
  }

  return {
    root: `${pathToFileURL(folder).href}/`,
    url: (key) => pathToFileURL(pathOf(key)).href,

    async head(key, seen) {
      const found = await stat(pathOf(key)).catch(nullIfMissing);
      if (found === null || !found.isFile()) return null;
      const modified = new Date(Math.floor(found.mtimeMs));
      const same = seen?.size === found.size && seen.modified.getTime() === modified.getTime();
      const hash = same ? seen.hash : await sha256(pathOf(key));
      const head: Head = { key, size: found.size, modified, hash, version: null };
      return head;
    },

    async read(key) {
      const bytes = await readFile(pathOf(key)).catch(nullIfMissing);
      if (bytes === null) throw new ObjectMissing(this.url(key));
      return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },

    async *stream(key) {
      try {
        yield* createReadStream(pathOf(key));
      } catch (error) {
        if (isMissing(error)) throw new ObjectMissing(this.url(key));
        throw error;
      }
    },

    async write(key, body) {
      await replace(key, (staged) => writeFile(staged, body));
    },

    async writeFile(key, path) {
      await replace(key, (staged) => pipeline(createReadStream(path), createWriteStream(staged)));
    },

    async create(key, body) {
      return await stage(async (staged) => {
        await writeFile(staged, body);
        return await place(staged, key);
      });
    },

    async copy({ key, hash }, to) {
      return await stage(async (staged) => {
        const found = await stat(pathOf(key)).catch(nullIfMissing);
        const copied = await copyFile(pathOf(key), staged, constants.COPYFILE_FICLONE).then(
          () => true,
          nullIfMissing,
        );
        // the copy is what is looked at: the file may be written to at any time
        if (found !== null && copied !== null && (await sha256(staged)) === hash) {
          await utimes(staged, found.atime, new Date(Math.floor(found.mtimeMs)));
          if (await place(staged, to)) return true;
        }
        const there = await hashOf(to);
        if (there === null) return false;
        if (there !== hash) throw new ObjectTaken(this.url(to));
        return true;
      });
    },

    async *list(prefix) {
      const base = prefix.slice(0, prefix.lastIndexOf("/") + 1);
      const keys = (await keysBelow(folder, base)).filter((key) => key.startsWith(prefix));
      for (const key of keys.sort(byBytes)) {
        const found = await stat(pathOf(key)).catch(nullIfMissing);
        if (found === null) continue; // gone since
        const listed: Listed = { key, size: found.size, modified: new Date(Math.floor(found.mtimeMs)) };
        yield listed;
      }
    },

    async delete(key) {
      await rm(pathOf(key), { force: true });
    },

    async deleteContent({ key, hash }) {
      // a file system deletes on no condition: what is left is the moment between the second look and the deletion
      const before = await stat(pathOf(key)).catch(nullIfMissing);
      if (before === null || (await hashOf(key)) !== hash) return false;
      const after = await stat(pathOf(key)).catch(nullIfMissing);
      if (after === null || !isSameFile(before, after)) return false;
      await rm(pathOf(key), { force: true });
      return true;
    },
  };
}

const isSameFile = (a: Stats, b: Stats): boolean =>
  a.ino === b.ino && a.mtimeMs === b.mtimeMs && a.size === b.size;

/** @throws Error when the key leads out of the folder */
function pathBelow(folder: string, key: string): string {
  const path = resolve(folder, key);
  if (key === "" || !path.startsWith(folder + sep)) throw new Error(`bad key ${JSON.stringify(key)}`);
  return path;
}

async function keysBelow(folder: string, base: string): Promise<string[]> {
  const entries = await readdir(join(folder, base), { withFileTypes: true }).catch(nullIfMissing);
  const found = (entries ?? []).map(async (entry) => {
    const key = `${base}${entry.name}`;
    if (key === stagingFolder) return [];
    return entry.isDirectory() ? await keysBelow(folder, `${key}/`) : [key];
  });
  return (await Promise.all(found)).flat();
}

/** `sha256:…` of a file's content. */
async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return `sha256:${hash.digest("hex")}`;
}

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

function nullIfMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}

const isMissing = (error: unknown): boolean => ["ENOENT", "ENOTDIR", "EISDIR"].includes(codeOf(error) ?? "");

function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
