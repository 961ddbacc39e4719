"""Facts of the driver as a table, to join with.

`spark.createDataFrame` would start a Python worker for them, which costs more than all they are good for; a
literal in SQL would show up in query plans, and one of these tables holds a secret.
"""

import json
from collections.abc import Sequence
from typing import Any

from pyspark.sql import DataFrame, SparkSession


def small_table(spark: SparkSession, rows: Sequence[dict[str, Any]], schema: str) -> DataFrame:
    """A table of what JSON can say; `schema` is Spark's DDL."""
    jvm: Any = spark._jvm
    text = jvm.java.util.List.of(json.dumps(rows))
    lines = spark._jsparkSession.createDataset(text, jvm.org.apache.spark.sql.Encoders.STRING()).toDF()
    return DataFrame(lines, spark).selectExpr(f"inline(from_json(value, 'array<struct<{schema}>>'))")
