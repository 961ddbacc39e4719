"""The rows that a run accepted, as conform leaves them: the Parquet that all later steps read."""

from pyspark.sql import DataFrame, SparkSession

from . import objects
from .arguments import Arguments
from .contract import Dataset
from .few_rows import together
from .lineage_columns import LINEAGE_TYPES
from .raw import quoted
from .tables import cleaned


def cleaned_rows(spark: SparkSession, arguments: Arguments, dataset: Dataset, accepted: int) -> DataFrame:
    """`accepted` is how many they are."""
    return together(rows_in(spark, cleaned(arguments, dataset), dataset), accepted)


def rows_in(spark: SparkSession, folder: str, dataset: Dataset) -> DataFrame:
    """The rows of one dataset in a folder, by URL. Their columns are known, so Spark need not start a job to
    look for them in the files."""
    columns = [(column.name, column.type) for column in dataset.columns]
    schema = ", ".join(f"{quoted(name)} {type}" for name, type in [*columns, *LINEAGE_TYPES.items()])
    return spark.read.schema(schema).parquet(objects.spark_path(folder))
