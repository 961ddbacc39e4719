import { isTableMissing } from "./session/query-failure.ts";
import type { Tables } from "./session/session.ts";
import { wholeNumber } from "./whole-number.ts";

export interface QuarantinedRow {
  readonly run_id: string;
  readonly file: string;
  readonly line: number;
  readonly reasons: string;
  /** The row as it stood in the file. */
  readonly raw: string;
  readonly first_seen: string;
  /** `open`, or what closed it: `resolved by <run>`, `retried by <run>`. */
  readonly state: string;
}

/** The rows of a dataset's quarantine that match, at most `limit` of them, and how many there are. */
export async function quarantinedRows(
  tables: Tables,
  dataset: string,
  filter: { run?: string; reason?: string; file?: string; all: boolean; limit: string },
): Promise<{ rows: QuarantinedRow[]; total: number }> {
  const limit = wholeNumber("--limit", filter.limit, 1);
  const conditions = [
    filter.all ? undefined : "resolved_by IS NULL AND retried_by IS NULL",
    filter.run && `run_id = ${literal(filter.run)}`,
    filter.reason && `strpos(array_join(reasons, '; '), ${literal(filter.reason)}) > 0`,
    filter.file && `strpos(file, ${literal(filter.file)}) > 0`,
  ].filter(Boolean);
  const where = conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : "";
  try {
    const from = `FROM ${dataset}_quarantine ${where}`;
    const counted = await tables.query(`SELECT count(*) ${from}`);
    const found = await tables.query(
      `SELECT run_id, file, line, array_join(reasons, '; ') AS reasons, raw, first_seen, coalesce('resolved by ' || resolved_by, 'retried by ' || retried_by, 'open') AS state ${from} ORDER BY run_id, file, line LIMIT ${limit}`,
    );
    const rows = found.rows.map(([run_id, file, line, reasons, raw, first_seen, state]) => ({
      run_id: run_id ?? "",
      file: file ?? "",
      line: Number(line),
      reasons: reasons ?? "",
      raw: raw ?? "",
      first_seen: first_seen ?? "",
      state: state ?? "",
    }));
    return { rows, total: Number(counted.rows[0]?.[0] ?? 0) };
  } catch (error) {
    // before the first run there is no table
    if (isTableMissing(error)) return { rows: [], total: 0 };
    throw error;
  }
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
