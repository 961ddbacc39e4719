LINEAGE = ("_run_id", "_source_file", "_line", "_modified", "_row_hash")
"""What every curated and cleaned row carries after the contract's columns."""
