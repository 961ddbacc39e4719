"""The tables of a dataset, and bringing them to what the contract says before a run writes to them."""

from pyspark.sql import SparkSession

from .arguments import Arguments
from .contract import Dataset
from .raw import quoted

LINEAGE = ("_run_id", "_source_file", "_line", "_modified", "_row_hash")
"""What every curated and cleaned row carries after the contract's columns."""


def curated(arguments: Arguments, dataset: Dataset) -> str:
    """The Iceberg table that people query."""
    return f"{arguments.catalog}.{arguments.database}.{dataset.name}"


def quarantine(arguments: Arguments, dataset: Dataset) -> str:
    """The Iceberg table of the rows set aside."""
    return f"{curated(arguments, dataset)}_quarantine"


def cleaned(arguments: Arguments, dataset: Dataset) -> str:
    """URL of the run's Parquet directory."""
    return f"{arguments.lake}cleaned/{dataset.name}/run={arguments.run_id}"


def migrate(spark: SparkSession, arguments: Arguments, dataset: Dataset) -> list[str]:
    """Creates the dataset's tables, or evolves them; returns the statements that it took.

    A column that the contract gained is added, a wider type and an optional column are taken over; what
    the contract lost stays, without being required. Iceberg refuses what would lose data, such as a narrower
    type.
    """
    namespace = f"{arguments.catalog}.{arguments.database}"
    statements = []
    if spark.catalog.tableExists(quarantine(arguments, dataset)):
        statements += _grown(spark, quarantine(arguments, dataset))
    else:
        statements += [f"CREATE NAMESPACE IF NOT EXISTS {namespace}", _quarantine_ddl(arguments, dataset)]
    if spark.catalog.tableExists(curated(arguments, dataset)):
        statements += _evolved(spark, curated(arguments, dataset), dataset)
    else:
        statements.append(dataset.table.replace("{table}", curated(arguments, dataset)))
    for statement in statements:
        spark.sql(statement)
    return statements


def _evolved(spark: SparkSession, table: str, dataset: Dataset) -> list[str]:
    there = {field.name: field for field in spark.table(table).schema.fields}
    wanted = {column.name: column for column in dataset.columns}
    added = [f"{quoted(column.name)} {column.type}" for column in dataset.columns if column.name not in there]
    return [
        *([f"ALTER TABLE {table} ADD COLUMNS ({', '.join(added)})"] if added else []),
        *[
            f"ALTER TABLE {table} ALTER COLUMN {quoted(name)} TYPE {column.type}"
            for name, column in wanted.items()
            if name in there and there[name].dataType.simpleString() != column.type.replace(" ", "")
        ],
        *[
            f"ALTER TABLE {table} ALTER COLUMN {quoted(name)} DROP NOT NULL"
            for name, field in there.items()
            if not field.nullable and not (name in wanted and wanted[name].required)
        ],
    ]


_QUARANTINE = {
    "run_id": "string NOT NULL COMMENT 'The run that set the row aside.'",
    "file": "string NOT NULL COMMENT 'The object the row came from, as a key in the lake.'",
    "line": "bigint NOT NULL COMMENT 'The line of that object; its header is line 1.'",
    "raw": "string COMMENT 'The line as it came, personal data included.'",
    "reasons": "array<string> COMMENT 'Everything that was wrong with it.'",
    "profile": "string COMMENT 'The source profile that read it.'",
    "key": "string COMMENT 'The primary key as a JSON object, where it could be read.'",
    "first_seen": "timestamp COMMENT 'When the first run that set it aside began.'",
    "resolved_by": "string COMMENT 'The run that took it in after all.'",
    "retried_by": "string COMMENT 'The later run that set it aside once more, in a row of its own.'",
    "hash": "string COMMENT 'The content of that object, as algorithm:hex.'",
    "modified": "timestamp COMMENT 'When that object was last modified.'",
    "columns": "array<string> COMMENT 'What the fields of the line are, in its order.'",
}


def _grown(spark: SparkSession, table: str) -> list[str]:
    """Columns that the quarantine gained since it was created."""
    there = spark.table(table).columns
    gained = ", ".join(f"{name} {type}" for name, type in _QUARANTINE.items() if name not in there)
    return [f"ALTER TABLE {table} ADD COLUMNS ({gained})"] if gained else []


def _quarantine_ddl(arguments: Arguments, dataset: Dataset) -> str:
    """Partitioned by run, so that writing a run's rows again replaces them and touches no others."""
    columns = ",\n          ".join(f"{name} {type}" for name, type in _QUARANTINE.items())
    return f"""
        CREATE TABLE IF NOT EXISTS {quarantine(arguments, dataset)} (
          {columns}
        )
        USING iceberg
        PARTITIONED BY (run_id)
        COMMENT 'Rows of {dataset.name} that were set aside, with every reason.'
        TBLPROPERTIES ('format-version' = '2', 'write.format.default' = 'parquet')
    """
