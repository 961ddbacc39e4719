import { describe, expect, it } from "@jest/globals";
import { block, call, dictionary, list, raw, render, text } from "./python-source.ts";

describe("render", () => {
  it("keeps on one line what fits", () => {
    const python = call("Column", [text("a")], {
      required: raw("True"),
      at_most: undefined,
      one_of: list([text("x")]),
    });
    expect(render(python)).toBe('Column("a", required=True, one_of=["x"])');
    expect(render(dictionary({ a: list([]) }))).toBe('{"a": []}');
  });

  it("gives each item a line where it does not, and only there", () => {
    const long = "x".repeat(60);
    expect(render(call("f", [text(long), list([text(long)])]), 4)).toBe(
      ["f(", `        "${long}",`, `        ["${long}"],`, "    )"].join("\n"),
    );
  });

  it("counts what stands before and after", () => {
    const exact = list([text("x".repeat(106))]);
    expect(render(exact).length).toBe(110);
    expect(render(exact, 0, 0, 1)).toContain("\n");
    expect(render(exact, 0, 1)).toContain("\n");
  });

  it("quotes as ruff does", () => {
    expect(render(text("it's"))).toBe('"it\'s"');
    expect(render(text('say "so"'))).toBe("'say \"so\"'");
    expect(render(text('it\'s "so"'))).toBe('"it\'s \\"so\\""');
    expect(render(text("a\\b\nc"))).toBe('"a\\\\b\\nc"');
  });

  it("breaks long text between words", () => {
    const words = "word ".repeat(40).trim();
    const rendered = render(call("f", [], { description: text(words) }));
    expect(Math.max(...rendered.split("\n").map((line) => line.length))).toBeLessThanOrEqual(110);
    expect(rendered.replaceAll(/"\s+"/g, "")).toContain(`"${words}"`);
  });

  it("indents a block, raw where it has a backslash", () => {
    expect(render(call("f", [], { sql: block("SELECT a\n\nFROM b") }))).toBe(
      'f(\n    sql="""\n        SELECT a\n\n        FROM b\n    """,\n)',
    );
    expect(render(block("a rlike '\\d'"))).toBe('r"""\n    a rlike \'\\d\'\n"""');
    expect(render(block('a """ b\\'))).toBe('"""\n    a \\""" b\\\\\n"""');
  });
});
