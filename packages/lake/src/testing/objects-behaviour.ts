/** What every implementation of objects must do, as one suite. */

import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ObjectMissing } from "../object-missing.ts";
import { ObjectTaken } from "../object-taken.ts";
import { type Objects, readJson, writeJson } from "../objects.ts";

/**
 * Declares the suite.
 *
 * @param open gives an empty store; called once
 */
export function objectsBehaviour(name: string, open: () => Promise<Objects>): void {
  describe(name, () => {
    let objects: Objects;
    beforeAll(async () => {
      objects = await open();
    });
    afterAll(async () => {
      for (const key of await keys("")) await objects.delete(key);
    });

    const keys = async (prefix: string): Promise<string[]> => {
      const found: string[] = [];
      for await (const { key } of objects.list(prefix)) found.push(key);
      return found;
    };
    const text = async (key: string): Promise<string> => new TextDecoder().decode(await objects.read(key));

    test("what is written is read, whole and as a stream", async () => {
      await objects.write("a/one.txt", "Grüße\n");
      await objects.write("a/bytes", new Uint8Array([0, 255, 10]));
      expect(await text("a/one.txt")).toBe("Grüße\n");
      expect([...(await objects.read("a/bytes"))]).toEqual([0, 255, 10]);
      const chunks: Uint8Array[] = [];
      for await (const chunk of objects.stream("a/one.txt")) chunks.push(chunk);
      expect(Buffer.concat(chunks).toString()).toBe("Grüße\n");
    });

    test("a file is written as it is, in place of what was there", async () => {
      const folder = await mkdtemp(join(tmpdir(), "penstock-objects-"));
      try {
        const path = join(folder, "of my own.csv");
        for (const content of ["", "Grüße\n", "0123456789abcdef".repeat(200_000)]) {
          await writeFile(path, content);
          await utimes(path, 1, 1);
          const before = Date.now();
          await objects.writeFile("f/a b.csv", path);
          expect((await text("f/a b.csv")) === content).toBe(true);
          const head = await objects.head("f/a b.csv");
          expect(Math.abs((head?.modified.getTime() ?? 0) - before)).toBeLessThan(60_000);
        }
        await expect(objects.writeFile("f/none", join(folder, "none"))).rejects.toThrow(/ENOENT/);
        expect(await objects.head("f/none")).toBeNull();
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    test("an empty object is one", async () => {
      await objects.write("empty", "");
      expect(await text("empty")).toBe("");
      expect(await objects.head("empty")).toMatchObject({ key: "empty", size: 0 });
    });

    test("writing again replaces", async () => {
      await objects.write("twice", "a longer first");
      await objects.write("twice", "second");
      expect(await text("twice")).toBe("second");
    });

    test("create writes only where nothing is", async () => {
      expect(await objects.create("once/a", "first")).toBe(true);
      expect(await objects.create("once/a", "second")).toBe(false);
      expect(await text("once/a")).toBe("first");
    });

    test("of many that create at once, one does", async () => {
      const tries = Array.from({ length: 8 }, (_, at) => objects.create("race", `writer ${at}`));
      const won = (await Promise.all(tries)).flatMap((ok, at) => (ok ? [at] : []));
      expect(won).toHaveLength(1);
      expect(await text("race")).toBe(`writer ${won[0]}`);
    });

    test("head tells size, time and content", async () => {
      const before = Date.now();
      await objects.write("head", "1234");
      const head = await objects.head("head");
      expect(head).toMatchObject({ key: "head", size: 4 });
      expect(head?.hash).toMatch(/^(sha256|etag):./);
      expect(Math.abs((head?.modified.getTime() ?? 0) - before)).toBeLessThan(60_000);
      await objects.write("head", "1235");
      expect((await objects.head("head"))?.hash).not.toBe(head?.hash);
      await objects.write("head", "1234");
      const again = await objects.head("head");
      expect(again?.hash).toBe(head?.hash);
      expect(await objects.head("head", again ?? undefined)).toEqual(again);
    });

    test("what isn't there is missing, by its URL", async () => {
      expect(await objects.head("nowhere")).toBeNull();
      expect(await objects.head("a")).toBeNull();
      await expect(objects.read("nowhere")).rejects.toThrow(ObjectMissing);
      await expect(objects.read("nowhere")).rejects.toThrow(objects.url("nowhere"));
      await expect(
        (async () => {
          for await (const _ of objects.stream("nowhere")) break;
        })(),
      ).rejects.toThrow(ObjectMissing);
    });

    test("a listing is by prefix, in the order of bytes, with sizes", async () => {
      for (const key of ["l/b/2", "l/b/10", "l/a", "l/é", "l/z", "lx"]) await objects.write(key, key);
      expect(await keys("l/")).toEqual(["l/a", "l/b/10", "l/b/2", "l/z", "l/é"]);
      expect(await keys("l/b")).toEqual(["l/b/10", "l/b/2"]);
      expect(await keys("l")).toContain("lx");
      expect(await keys("none/")).toEqual([]);
      for await (const listed of objects.list("l/a")) {
        expect(listed).toMatchObject({ key: "l/a", size: 3, modified: expect.any(Date) });
      }
    });

    test("a key is taken as it is", async () => {
      const key = "odd/a b+c%20d#e?f&g=é (1).csv.gz";
      await objects.write(key, "odd");
      expect(await keys("odd/")).toEqual([key]);
      expect(await text(key)).toBe("odd");
      expect(await objects.head(key)).toMatchObject({ key });
      await objects.delete(key);
      expect(await objects.head(key)).toBeNull();
    });

    test("deleting what isn't there is well", async () => {
      await objects.delete("never/was");
    });

    const contentOf = async (key: string) => {
      const head = await objects.head(key);
      if (head === null) throw new Error(`no ${key}`);
      return head;
    };

    test("a content is copied, once", async () => {
      await objects.write("c/a b+c%20é.csv", "claimed");
      const content = await contentOf("c/a b+c%20é.csv");
      expect(await objects.copy(content, "kept/run=1/a b.csv")).toBe(true);
      expect(await text("kept/run=1/a b.csv")).toBe("claimed");
      expect(await text("c/a b+c%20é.csv")).toBe("claimed");
      const copied = await contentOf("kept/run=1/a b.csv");
      expect(await objects.copy(content, "kept/run=1/a b.csv")).toBe(true);
      expect(await objects.head("kept/run=1/a b.csv")).toEqual(copied);
      await objects.delete("c/a b+c%20é.csv");
      expect(await objects.copy(content, "kept/run=1/a b.csv")).toBe(true);
    });

    test("a copy is copied in its turn", async () => {
      await objects.write("c/first", "again and again");
      expect(await objects.copy(await contentOf("c/first"), "c/second")).toBe(true);
      expect(await objects.copy(await contentOf("c/second"), "c/third")).toBe(true);
      expect(await text("c/third")).toBe("again and again");
    });

    test("a content that was replaced or deleted is not copied", async () => {
      await objects.write("c/replaced", "claimed");
      const content = await contentOf("c/replaced");
      await objects.write("c/replaced", "another");
      expect(await objects.copy(content, "kept/replaced")).toBe(false);
      await objects.delete("c/replaced");
      expect(await objects.copy(content, "kept/replaced")).toBe(false);
      expect(await objects.head("kept/replaced")).toBeNull();
    });

    test("a copy never takes the place of something else", async () => {
      await objects.write("c/mine", "mine");
      await objects.write("kept/theirs", "theirs");
      await expect(objects.copy(await contentOf("c/mine"), "kept/theirs")).rejects.toThrow(ObjectTaken);
      expect(await text("kept/theirs")).toBe("theirs");
    });

    test("a content is deleted, and what replaced it is not", async () => {
      await objects.write("d/key", "claimed");
      const content = await contentOf("d/key");
      await objects.write("d/key", "another");
      expect(await objects.deleteContent(content)).toBe(false);
      expect(await text("d/key")).toBe("another");
      expect(await objects.deleteContent(await contentOf("d/key"))).toBe(true);
      expect(await objects.head("d/key")).toBeNull();
      expect(await objects.deleteContent(content)).toBe(false);
    });

    test("a key that leads outside is refused", async () => {
      await expect(objects.write("", "x")).rejects.toThrow(/bad key/);
      await expect(objects.write("/etc/passwd", "x")).rejects.toThrow(/bad key/);
    });

    test("JSON goes in and out", async () => {
      await writeJson(objects, "j.json", { a: [1, null] });
      expect(await text("j.json")).toBe('{\n  "a": [\n    1,\n    null\n  ]\n}\n');
      expect(await readJson(objects, "j.json")).toEqual({ a: [1, null] });
    });
  });
}
