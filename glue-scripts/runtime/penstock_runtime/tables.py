"""The tables of a dataset, and bringing them to what the contract says before a run writes to them."""

from pyspark.sql import SparkSession

from . import iceberg, objects
from .arguments import Arguments
from .contract import Dataset
from .formats import format_of
from .raw import quoted


def curated(arguments: Arguments, dataset: Dataset) -> str:
    """The table that people query, as Spark calls it."""
    return format_of(dataset).name(arguments.catalog, arguments.database, _warehouse(arguments), dataset.name)


def quarantine(arguments: Arguments, dataset: Dataset) -> str:
    """The Iceberg table of the rows set aside, whatever the dataset's own format."""
    return iceberg.name(
        arguments.catalog, arguments.database, _warehouse(arguments), f"{dataset.name}_quarantine"
    )


def _warehouse(arguments: Arguments) -> str:
    return objects.spark_path(f"{arguments.lake}warehouse") + "/"


def cleaned(arguments: Arguments, dataset: Dataset) -> str:
    """URL of the run's Parquet directory."""
    return f"{arguments.lake}cleaned/{dataset.name}/run={arguments.run_id}"


def migrate(spark: SparkSession, arguments: Arguments, dataset: Dataset) -> list[str]:
    """Creates the dataset's tables, or evolves them; returns the statements that it took.

    A column that the contract gained is added, a wider type and an optional column are taken over; what
    the contract lost stays, without being required. Iceberg refuses what would lose data, such as a narrower
    type; Delta refuses another type altogether.
    """
    namespace = f"{arguments.catalog}.{arguments.database}"
    statements = []
    if iceberg.exists(spark, quarantine(arguments, dataset)):
        statements += _grown(spark, quarantine(arguments, dataset))
    else:
        statements += [f"CREATE NAMESPACE IF NOT EXISTS {namespace}", _quarantine_ddl(arguments, dataset)]
    table = curated(arguments, dataset)
    create = dataset.table.replace("{table}", table)
    if not format_of(dataset).exists(spark, table):
        statements.append(create)
    elif format_of(dataset).unshaped(spark, table):
        statements.append(create.replace("CREATE TABLE IF NOT EXISTS", "CREATE OR REPLACE TABLE", 1))
    else:
        statements += _evolved(spark, table, dataset)
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
    "held": "boolean COMMENT 'Whether its run published nothing, so that its file waits as a whole.'",
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
