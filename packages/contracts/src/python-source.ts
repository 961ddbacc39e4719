/** Python expressions as data, written the way ruff formats them: on one line if it fits, else an item a line. */

/** Longest line of the repository's Python. */
const lineWidth = 110;

export type Python =
  | { readonly kind: "raw"; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "block"; readonly text: string }
  | {
      readonly kind: "items";
      readonly open: string;
      readonly close: string;
      readonly items: readonly Item[];
    };

interface Item {
  /** What stands before the value: `name=` or `"key": `. */
  readonly prefix: string;
  readonly value: Python;
}

/** A name or a number, as it stands. */
export const raw = (text: string): Python => ({ kind: "raw", text });

export const text = (value: string): Python => ({ kind: "text", text: value });

/** Text of several lines in triple quotes, such as SQL: to whom reads it, white space around a line is nothing. */
export const block = (value: string): Python => ({ kind: "block", text: value });

export const list = (values: readonly Python[]): Python => ({
  kind: "items",
  open: "[",
  close: "]",
  items: values.map((value) => ({ prefix: "", value })),
});

export const dictionary = (entries: Readonly<Record<string, Python>>): Python => ({
  kind: "items",
  open: "{",
  close: "}",
  items: Object.entries(entries).map(([key, value]) => ({ prefix: `${quoted(key)}: `, value })),
});

/** A call; arguments that are undefined are left out. */
export const call = (
  name: string,
  positional: readonly Python[],
  keywords: Readonly<Record<string, Python | undefined>> = {},
): Python => ({
  kind: "items",
  open: `${name}(`,
  close: ")",
  items: [
    ...positional.map((value) => ({ prefix: "", value })),
    ...Object.entries(keywords).flatMap(([key, value]) =>
      value === undefined ? [] : [{ prefix: `${key}=`, value }],
    ),
  ],
});

/**
 * @param indent - the column at which the line begins
 * @param before - what stands on the line before the expression
 * @param after - how many characters follow it, such as a comma
 */
export function render(python: Python, indent = 0, before = 0, after = 0): string {
  if (python.kind === "raw") return python.text;
  if (python.kind === "block") return tripleQuoted(python.text, indent);
  const inline = oneLine(python);
  if (inline !== undefined && indent + before + inline.length + after <= lineWidth) return inline;
  return python.kind === "text" ? wrapped(python.text, indent) : exploded(python, indent);
}

function oneLine(python: Python): string | undefined {
  switch (python.kind) {
    case "raw":
      return python.text;
    case "text":
      return quoted(python.text);
    case "block":
      return undefined;
    case "items": {
      const items = python.items.map(({ prefix, value }) => ({ prefix, line: oneLine(value) }));
      return items.some(({ line }) => line === undefined)
        ? undefined
        : `${python.open}${items.map(({ prefix, line }) => `${prefix}${line}`).join(", ")}${python.close}`;
    }
    default:
      return python satisfies never;
  }
}

/** The comma at the end keeps ruff from joining the lines again. */
function exploded({ open, close, items }: Extract<Python, { kind: "items" }>, indent: number): string {
  const inner = indent + 4;
  const lines = items.map(
    ({ prefix, value }) => `${" ".repeat(inner)}${prefix}${render(value, inner, prefix.length, 1)},`,
  );
  return [open, ...lines, `${" ".repeat(indent)}${close}`].join("\n");
}

/** Long text as literals one below the other, which Python joins. */
function wrapped(value: string, indent: number): string {
  const inner = " ".repeat(indent + 4);
  const lines: string[] = [];
  for (const word of value.split(/(?<= )/)) {
    const longer = `${lines.at(-1)}${word}`;
    if (lines.length > 0 && inner.length + quoted(longer).length <= lineWidth)
      lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  if (lines.length === 1) return quoted(value);
  return ["(", ...lines.map((line) => `${inner}${quoted(line)}`), `${" ".repeat(indent)})`].join("\n");
}

/** In double quotes, unless single ones save escapes: as ruff has it. */
function quoted(value: string): string {
  const escaped = value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t");
  return value.includes('"') && !value.includes("'") ? `'${escaped}'` : `"${escaped.replaceAll('"', '\\"')}"`;
}

/** Indented like the code around it; raw where that keeps a backslash as it was written. */
function tripleQuoted(value: string, indent: number): string {
  const inner = " ".repeat(indent + 4);
  const lines = value.split("\n").map((line) => (line === "" ? "" : `${inner}${line}`));
  const body = ["", ...lines, " ".repeat(indent)].join("\n");
  if (!body.includes('"""')) return `${body.includes("\\") ? "r" : ""}"""${body}"""`;
  return `"""${body.replaceAll("\\", "\\\\").replaceAll('"""', '\\"""')}"""`;
}
