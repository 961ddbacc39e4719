LINEAGE_TYPES = {
    "_run_id": "string",
    "_source_file": "string",
    "_line": "bigint",
    "_modified": "timestamp",
    "_row_hash": "bigint",
}
"""What every curated and cleaned row carries after the contract's columns, as Spark writes the types."""

LINEAGE = tuple(LINEAGE_TYPES)
