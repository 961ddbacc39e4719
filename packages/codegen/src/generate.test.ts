import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { generate } from "./generate.ts";

const packages = join(import.meta.dirname, "../..");
const golden = join(packages, "codegen/golden");
const roots: string[] = [];

afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

/** A repository of its own that holds the pipeline folders of a golden case. */
function repository(name: string): string {
  const root = mkdtempSync(join(tmpdir(), "penstock-codegen-"));
  roots.push(root);
  cpSync(join(golden, name, "input"), root, { recursive: true });
  symlinkSync(join(packages, "pipelines/node_modules"), join(root, "packages/pipelines/node_modules"));
  return root;
}

/** Every file of the repository but those that were put there, one after the other. */
function generatedText(root: string, paths: readonly string[]): string {
  return paths.map((path) => `=== ${path}\n${readFileSync(join(root, path), "utf8")}`).join("\n");
}

describe("generate", () => {
  it.each(readdirSync(golden))("writes what the golden case %s expects", async (name) => {
    const root = repository(name);
    const found = generatedText(root, await generate({ root, check: false }));
    const expectation = join(golden, name, "expected.txt");
    if (!existsSync(expectation) && process.env.CI === undefined) writeFileSync(expectation, found);
    expect(found).toBe(readFileSync(expectation, "utf8"));
  });

  it("has nothing to write the second time, and the check agrees", async () => {
    const root = repository("parking");
    const written = await generate({ root, check: false });
    expect(written).toContain("packages/pipelines/registry.ts");
    expect(await generate({ root, check: false })).toEqual([]);
    expect(await generate({ root, check: true })).toEqual([]);
  });

  it("finds an edit, and leaves it where it only checks", async () => {
    const root = repository("parking");
    await generate({ root, check: false });
    const path = "glue-scripts/jobs/parking.py";
    const edited = `${readFileSync(join(root, path), "utf8")}# edited\n`;
    writeFileSync(join(root, path), edited);
    expect(await generate({ root, check: true })).toEqual([path]);
    expect(readFileSync(join(root, path), "utf8")).toBe(edited);
    expect(await generate({ root, check: false })).toEqual([path]);
    expect(readFileSync(join(root, path), "utf8")).not.toContain("# edited");
  });

  it("finds queries that changed before anything is made of them", async () => {
    const root = repository("parking");
    await generate({ root, check: false });
    writeFileSync(
      join(root, "packages/pipelines/parking/queries/named/all.sql"),
      "-- All.\nSELECT * FROM stays\n",
    );
    expect(await generate({ root, check: true })).toEqual([
      "packages/pipelines/parking/generated/queries.ts",
    ]);
  });

  it.each([
    ["{}", undefined],
    ['{ "multiline": false }', undefined],
    ['{ "multilin": true }', 'unknown setting: found "multilin"; did you mean "multiline"?'],
    ['{ "multiline": "yes" }', 'multiline: found "\\"yes\\"", expected true or false'],
    ['{ "folder": null }', undefined],
    ['{ "format": "csv" }', undefined],
    ['{ "format": "xml" }', 'format: found "\\"xml\\"", expected "csv" or "json"'],
    ['{ "format": "json", "multiline": true }', 'multiline: found "true", expected none beside JSON'],
    ['{ "folder": "city" }', 'folder: found "\\"city\\"", expected a path ending in a slash: "orders/"'],
    ['{ "folder": "/city/" }', 'folder: found "\\"/city/\\"", expected a path ending in a slash: "orders/"'],
    ["multiline", 'no settings: found "multiline", expected { "multiline": true, "folder": "orders/" }'],
  ])("reads the profile.json %s, or says what is wrong with it", async (settings, problem) => {
    const root = repository("parking");
    const file = "packages/pipelines/parking/sources/city/profile.json";
    writeFileSync(join(root, file), settings);
    const generated = generate({ root, check: false });
    if (problem !== undefined) {
      await expect(generated).rejects.toThrow(`file ${file}: ${problem}`);
      return;
    }
    await generated;
    expect(read(root, "glue-scripts/jobs/parking.py")).not.toMatch(/multiline|folder/);
    expect(read(root, "packages/pipelines/parking/generated/profiles.ts")).toContain("folder: null");
  });

  it("refuses two datasets of one name", async () => {
    const root = repository("parking");
    const copy = join(root, "packages/pipelines/parking-south");
    cpSync(join(root, "packages/pipelines/parking"), copy, { recursive: true });
    const text = readFileSync(join(copy, "pipeline.ts"), "utf8");
    writeFileSync(join(copy, "pipeline.ts"), text.replace('name: "parking"', 'name: "parking-south"'));
    await expect(generate({ root, check: false })).rejects.toThrow(
      'packages/pipelines/parking-south: found the dataset "stays", which packages/pipelines/parking has too',
    );
  });

  it("takes up a folder that is added, and removes what a removed one left", async () => {
    const root = repository("parking");
    await generate({ root, check: false });
    const [first, second] = ["parking", "parking-north"].map((name) =>
      join(root, "packages/pipelines", name),
    );
    if (first === undefined || second === undefined) throw new Error("two folders");
    cpSync(first, second, { recursive: true });
    const text = readFileSync(join(second, "pipeline.ts"), "utf8");
    writeFileSync(join(second, "pipeline.ts"), text.replace('name: "parking"', 'name: "parking-north"'));
    const contract = readFileSync(join(second, "contract.ts"), "utf8");
    writeFileSync(
      join(second, "contract.ts"),
      contract.replace('"stays"', '"stays_north"').replace('"spaces"', '"spaces_north"'),
    );
    for (const dataset of ["stays", "spaces"]) {
      cpSync(join(second, `sources/city/${dataset}.sql`), join(second, `sources/city/${dataset}_north.sql`));
      rmSync(join(second, `sources/city/${dataset}.sql`));
    }
    await generate({ root, check: false });
    expect(read(root, "packages/pipelines/registry.ts")).toContain("[parking, parkingNorth]");
    expect(existsSync(join(root, "glue-scripts/jobs/parking_north.py"))).toBe(true);

    for (const file of ["pipeline.ts", "contract.ts"]) {
      const text = read(root, `packages/pipelines/parking-north/${file}`);
      rmSync(join(second, file));
      await expect(generate({ root, check: true })).rejects.toThrow(
        `packages/pipelines/parking-north has no ${file}`,
      );
      writeFileSync(join(second, file), text);
    }
    for (const entry of readdirSync(second).filter((name) => name !== "generated")) {
      rmSync(join(second, entry), { recursive: true });
    }
    mkdirSync(join(root, "glue-scripts/jobs"), { recursive: true });
    writeFileSync(join(root, "glue-scripts/jobs/by_hand.py"), '"""A job of its own."""\n');
    const removed = await generate({ root, check: false });
    expect(read(root, "packages/pipelines/registry.ts")).toContain("[parking];");
    expect(removed).toContain("glue-scripts/jobs/parking_north.py");
    expect(removed).toContain("packages/types/src/stays_north.ts");
    expect(existsSync(join(root, "glue-scripts/jobs/parking_north.py"))).toBe(false);
    expect(existsSync(join(root, "glue-scripts/jobs/by_hand.py"))).toBe(true);
    expect(existsSync(join(second, "generated/queries.ts"))).toBe(false);
  });
});

function read(root: string, path: string): string {
  return readFileSync(join(root, path), "utf8");
}
