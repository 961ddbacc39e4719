/** FROM: tables, subqueries, VALUES, UNNEST and joins, each as a relation whose columns have ids of their own. */

import { AthenaError, refuse, refuseUnknown } from "./errors.ts";
import { child, type Fields, identifier, list, literal, type Node, only, open } from "./node.ts";
import { type Column, type Context, qualifies } from "./scope.ts";
import type { Type } from "./type.ts";
import { quoteName } from "./value.ts";

/** A piece of the FROM clause. `outer` are columns of enclosing queries that it reads. */
export interface Relation {
  readonly sql: string;
  readonly columns: readonly Column[];
  readonly outer: readonly string[];
}

/** An UNNEST, with the alias and the names of its columns. */
export interface Unnest {
  readonly fields: Fields;
  readonly alias: string | undefined;
  readonly names: readonly string[];
}

export function aliases(value: unknown): readonly string[] {
  return list(value).flatMap((name) => identifier(name) ?? []);
}

/** Makes one relation of a first one and the joins after it. */
export type Joining = (left: Node, joins: readonly Node[]) => Relation;

export function relation(node: Node, context: Context, joining: Joining): Relation {
  const [kind, fields] = open(node);
  switch (kind) {
    case "table":
      return table(fields, context);
    case "subquery":
      return subquery(fields, context);
    case "joined_table": {
      only("A join in parentheses", fields, ["left", "joins"]);
      const left = child(fields["left"]);
      if (left === undefined) throw refuse("A join in parentheses", "its left side is missing");
      const whole = joining(left, list(fields["joins"]));
      return { ...whole, sql: `(${whole.sql})` };
    }
    case "paren": {
      const inner = child(fields["this"]);
      if (inner === undefined) throw refuse("Parentheses in FROM", "they hold nothing");
      return relation(inner, context, joining);
    }
    case "function":
      throw refuseUnknown(`Table function ${String(fields["name"])}`, "only tables of the lake can be read");
    default:
      throw refuseUnknown(
        `'${kind.replaceAll("_", " ")}' in FROM`,
        "it is not on the list of faithful syntax",
      );
  }
}

function table(fields: Fields, context: Context): Relation {
  only("A table", fields, ["name", "schema", "catalog", "alias", "column_aliases", "version"]);
  const parts = ["catalog", "schema", "name"].flatMap((part) => identifier(fields[part]) ?? []);
  const alias = identifier(fields["alias"]);
  const names = aliases(fields["column_aliases"]);
  const cte = parts.length === 1 ? context.ctes.get(parts[0]?.toLowerCase() ?? "") : undefined;
  const snapshot = snapshotOf(fields);
  if (cte !== undefined && snapshot !== undefined)
    throw refuse("FOR VERSION AS OF", "a WITH query has no versions");
  const source = cte === undefined ? context.statement.table(parts, snapshot) : undefined;
  const from = cte?.sql ?? source?.from ?? "";
  const columns =
    cte?.columns.map(({ id, name, type }) => ({ read: id, name, type })) ??
    source?.columns.map(({ name, type }) => ({ read: quoteName(name), name, type })) ??
    [];
  return named(from, columns, alias === undefined ? parts : [alias], names, [], context);
}

/** The snapshot's id, as text: it exceeds 2^53. */
export function snapshotOf(fields: Fields): string | undefined {
  const version = child(fields["version"]);
  if (version === undefined) return undefined;
  only("Time travel", version, ["this", "kind", "expression"]);
  const unit = identifier(child(version["this"])?.["identifier"]);
  const [kind, id] = literal(version["expression"]) ?? [];
  const known = unit?.toUpperCase() === "VERSION" && version["kind"] === "AS OF";
  if (!known || kind !== "number" || id === undefined || !/^\d+$/.test(id))
    throw refuse("This form of time travel", "a snapshot is read by its id", "FOR VERSION AS OF 123");
  return id;
}

function subquery(fields: Fields, context: Context): Relation {
  only("A subquery", fields, ["this", "alias", "column_aliases", "modifiers_inside"]);
  const inner = child(fields["this"]);
  if (inner === undefined) throw refuse("A subquery", "it is empty");
  // It doesn't see its neighbours, only the enclosing queries.
  const query = context.statement.query(inner, context);
  const alias = identifier(fields["alias"]);
  const columns = query.columns.map(({ id, name, type }) => ({ read: id, name, type }));
  return named(
    `(${query.sql})`,
    columns,
    alias === undefined ? [] : [alias],
    aliases(fields["column_aliases"]),
    query.outer,
    context,
  );
}

/** Gives every column an id; `names`, when given, replace all of theirs. */
function named(
  from: string,
  columns: readonly { read: string; name: string | null; type: Type }[],
  qualifier: readonly string[],
  names: readonly string[],
  outer: readonly string[],
  context: Context,
): Relation {
  if (names.length > 0 && names.length !== columns.length) {
    throw new AthenaError(
      "SYNTAX_ERROR",
      `Column alias list has ${names.length} entries but '${qualifier.join(".")}' has ${columns.length} columns`,
    );
  }
  const own = columns.map(
    ({ name, type }, i): Column => ({
      id: context.statement.nextId("c"),
      name: names[i] ?? name,
      qualifier,
      type,
    }),
  );
  // What can't be read is left out, so that the other columns can.
  const readable = own.flatMap((column, i) =>
    column.type.kind === "foreign" ? [] : [`${columns[i]?.read} AS ${column.id}`],
  );
  const sql = `(SELECT ${readable.length === 0 ? "1" : readable.join(", ")} FROM ${from}) AS ${context.statement.nextId("r")}`;
  return { sql, columns: own, outer };
}

/** What `t.*`, or `*`, stands for. */
export function starColumns(columns: readonly Column[], qualifier: readonly string[]): readonly Column[] {
  if (qualifier.length === 0) return columns.filter((column) => column.hidden !== true);
  const found = columns.filter((column) => qualifies(column, qualifier));
  if (found.length === 0)
    throw new AthenaError("TABLE_NOT_FOUND", `Table '${qualifier.join(".")}' not found in FROM`);
  return found;
}
