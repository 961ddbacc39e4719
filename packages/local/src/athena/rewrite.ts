/**
 * Athena SQL as DuckDB SQL, from its syntax tree: every node that comes out was put there by a rule of this
 * folder, with Trino's types worked out on the way. Nothing of the text is passed through.
 */

import { Dialect, parse } from "@polyglot-sql/sdk";
import { AthenaError, refuseUnknown } from "./errors.ts";
import { expression } from "./expression.ts";
import { child, type Node, open } from "./node.ts";
import { query } from "./query.ts";
import type { Context, Query, Statement } from "./scope.ts";

/**
 * The one statement of the text; a query, or SHOW and DESCRIBE, which `show.ts` answers. Parsed as Trino: the
 * parser's own "athena" reads backslashes in strings as escapes, as only Athena's Hive statements do.
 */
export function parseStatement(sql: string): Node {
  const plain = outsideOfQuotes(sql);
  if (/^[\s(]*from\b/i.test(plain)) throw new AthenaError("SYNTAX_ERROR", "mismatched input 'FROM'");
  const foreign = /==|<=>|\*\*|::|\?/.exec(plain)?.[0];
  if (foreign !== undefined) throw new AthenaError("SYNTAX_ERROR", `mismatched input '${foreign}'`);
  if (plain.includes("`")) {
    throw new AthenaError(
      "SYNTAX_ERROR",
      "backquoted identifiers are not supported; use double quotes to quote identifiers",
    );
  }
  const result = parse(withoutComments(sql), Dialect.Trino);
  if (!result.success) throw new AthenaError("SYNTAX_ERROR", String(result.error));
  const statements = (Array.isArray(result.ast) ? result.ast : [result.ast]) as readonly unknown[];
  const [statement, second] = statements;
  const node = child(statement);
  if (node === undefined) throw new AthenaError("SYNTAX_ERROR", "there is no statement");
  if (second !== undefined) throw new AthenaError("SYNTAX_ERROR", "Only one sql statement is allowed");
  return node;
}

const QUOTED_OR_COMMENT = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//g;

/** Without strings, quoted names and comments. */
function outsideOfQuotes(sql: string): string {
  return sql.replaceAll(QUOTED_OR_COMMENT, " ");
}

/** The parser makes nodes of some comments. Blanks take their place, so that its errors tell the right one. */
function withoutComments(sql: string): string {
  return sql.replaceAll(QUOTED_OR_COMMENT, (found) =>
    /^['"]/.test(found) ? found : found.replaceAll(/[^\n]/g, " "),
  );
}

/**
 * The query for DuckDB.
 *
 * @param table finds a table by its name's parts; throws TABLE_NOT_FOUND
 * @throws AthenaError with the code that Athena would give, or NOT_SUPPORTED
 */
export function rewrite(statement: Node, table: Statement["table"]): Query {
  const [kind] = open(statement);
  if (!QUERIES.has(kind))
    throw refuseUnknown(kind.replaceAll("_", " ").toUpperCase(), "only one SELECT can run");
  let last = 0;
  const nextId = (prefix: string): string => {
    last += 1;
    return `${prefix}${last}`;
  };
  const context: Context = {
    scope: { columns: [], parent: undefined },
    ctes: new Map(),
    windows: new Map(),
    keys: new Set(),
    forbidden: {},
    statement: { nextId, table, expression, query },
  };
  return query(statement, context);
}

const QUERIES = new Set(["select", "union", "intersect", "except", "values", "subquery", "paren"]);
