import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The style of every page, which is inlined. */
export const pageStyle = readFileSync(join(import.meta.dirname, "page.css"), "utf8");
