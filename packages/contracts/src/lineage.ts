/**
 * The columns that every table carries after the contract's own: where a row came from. Iceberg keeps names such as
 * `_file` and `_pos` for itself, and does not read a table that has them.
 */
export const lineageColumns = [
  { name: "_run_id", type: "string", description: "The run that wrote this version of the row." },
  {
    name: "_source_file",
    type: "string",
    description: "The object the row came from, as a key in the lake.",
  },
  { name: "_line", type: "bigint", description: "The line of that object; its header is line 1." },
  { name: "_modified", type: "timestamp", description: "When that object was last modified." },
  {
    name: "_row_hash",
    type: "bigint",
    description: "A hash of the columns of the contract: equal means unchanged.",
  },
] as const;
