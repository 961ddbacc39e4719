import { expect, test } from "@jest/globals";
import { bytes } from "../testing/example.ts";
import { made } from "../testing/made.ts";
import { JobCode } from "./job-code.ts";

function code(script: string) {
  let urls: readonly string[] = [];
  const objects = made((scope) => {
    const shared = new JobCode(scope, "code", {
      bucket: "code",
      runtime: bytes("zip"),
      jars: { "a.jar": bytes("a"), "b.jar": bytes("b") },
    });
    urls = [shared.runtime, ...shared.jars, shared.put(scope, "parking.py", bytes(script))];
  });
  const named = (name: string) =>
    objects.all("aws_s3_object").filter(({ key }) => String(key).endsWith(`/${name}`));
  return { urls, named, keyOf: (name: string) => named(name).map(({ key }) => key) };
}

test("what jobs share and each one's script are put into the bucket of code", () => {
  const { urls, named } = code("print(1)");
  expect(urls).toHaveLength(4);
  for (const name of ["penstock_runtime.zip", "a.jar", "b.jar", "parking.py"]) {
    const objects = named(name);
    expect(objects).toEqual([
      expect.objectContaining({
        bucket: "code",
        key: expect.stringMatching(/^[0-9a-f]{12}\//),
        source: `assets/${objects[0]?.["key"]}`,
        source_hash: expect.any(String),
      }),
    ]);
  }
});

test("a new content has a new key, and the old one stays until nothing points there", () => {
  const [before, after] = [code("print(1)"), code("print(2)")];
  expect(after.keyOf("a.jar")).toEqual(before.keyOf("a.jar"));
  expect(after.keyOf("parking.py")).not.toEqual(before.keyOf("parking.py"));
  expect(code("print(1)").keyOf("parking.py")).toEqual(before.keyOf("parking.py"));
  expect(after.named("parking.py")).toMatchObject([{ lifecycle: { create_before_destroy: true } }]);
});
