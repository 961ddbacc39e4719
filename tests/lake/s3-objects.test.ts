/** The behaviour of objects against S3 as moto plays it. */

import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, expect, test } from "@jest/globals";
import { ObjectMissing } from "@penstock/lake/object-missing.ts";
import { s3Objects } from "@penstock/lake/s3-objects.ts";
import { startMoto } from "@penstock/lake/testing/moto.ts";
import { objectsBehaviour } from "@penstock/lake/testing/objects-behaviour.ts";
import { toolchain } from "@penstock/toolchain/paths.ts";

const { client, bucket, close } = await startMoto(toolchain.python);
afterAll(close);

objectsBehaviour("S3 objects", async () => s3Objects({ client, bucket: await bucket("lake"), prefix: "" }));

objectsBehaviour("S3 objects below a prefix", async () =>
  s3Objects({ client, bucket: await bucket("shared"), prefix: "some/lake/" }),
);

test("a versioned bucket tells versions", async () => {
  const objects = s3Objects({ client, bucket: await bucket("versioned", { versioned: true }), prefix: "" });
  await objects.write("k", "one");
  const first = await objects.head("k");
  await objects.write("k", "two");
  const second = await objects.head("k");
  expect(first?.version).toEqual(expect.any(String));
  expect(second?.version).not.toBe(first?.version);
});

test("the version that was claimed is read, replaced or deleted, until it is gone for good", async () => {
  const Bucket = await bucket("read-by-version", { versioned: true });
  const objects = s3Objects({ client, bucket: Bucket, prefix: "lake/" });
  await objects.write("k", "one");
  const version = (await objects.head("k"))?.version ?? null;
  expect(version).not.toBeNull();
  const read = async (version: string | null) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of objects.stream("k", version)) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
  await objects.write("k", "two");
  expect([await read(version), await read(null)]).toEqual(["one", "two"]);
  await objects.delete("k");
  expect(await read(version)).toBe("one");
  await expect(read(null)).rejects.toThrow(ObjectMissing);
  await client.send(
    new DeleteObjectCommand({ Bucket, Key: "lake/k", ...(version === null ? {} : { VersionId: version }) }),
  );
  await expect(read(version)).rejects.toThrow(ObjectMissing);
});

test("the version that was claimed is copied, though another has taken its place", async () => {
  const objects = s3Objects({ client, bucket: await bucket("claimed", { versioned: true }), prefix: "" });
  await objects.write("k", "one");
  const claimed = await objects.head("k");
  if (claimed === null) throw new Error("no head");
  await objects.write("k", "two");
  expect(await objects.copy(claimed, "kept/k")).toBe(true);
  expect(Buffer.from(await objects.read("kept/k")).toString()).toBe("one");
  expect(await objects.deleteContent(claimed)).toBe(false);
  await objects.write("k", "one");
  const { version: _, ...gone } = claimed;
  expect(await objects.copy({ ...gone, version: "of-another-time" }, "kept/again")).toBe(true);
});

test("what is too large for one copy is copied in parts, once", async () => {
  const at = { client, bucket: await bucket("large"), prefix: "" };
  const objects = s3Objects({ ...at, copyBytes: 5 * 1024 * 1024 });
  const content = Buffer.alloc(11 * 1024 * 1024 + 7, "0123456789");
  await objects.write("k", content);
  const head = await objects.head("k");
  if (head === null) throw new Error("no head");
  expect(await objects.copy(head, "kept/k")).toBe(true);
  expect(Buffer.from(await objects.read("kept/k")).equals(content)).toBe(true);
  expect((await objects.head("kept/k"))?.hash).not.toBe(head.hash);
  expect(await objects.copy(head, "kept/k")).toBe(true);
});

test("a listing of more than a page is whole", async () => {
  const objects = s3Objects({ client, bucket: await bucket("many"), prefix: "" });
  const keys = Array.from({ length: 1005 }, (_, at) => `k/${String(at).padStart(4, "0")}`);
  for (let at = 0; at < keys.length; at += 50) {
    await Promise.all(keys.slice(at, at + 50).map((key) => objects.write(key, "")));
  }
  const listed: string[] = [];
  for await (const { key } of objects.list("k/")) listed.push(key);
  expect(listed).toEqual(keys);
}, 60_000);
