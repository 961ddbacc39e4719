"""Real Spark, Iceberg and Deequ as witnesses of what a contract is turned into.

Reads one JSON request on standard input, answers with one JSON object on standard output:
request   {"warehouse": dir, "ddl": text, "table": name, "casts": [...],
           "rows": [{column: text or null}], "rulesets": {name: {"rules": text, "rows": [...]}}}
answer    {"columns": [[name, type, nullable, comment]], "partitions": [...], "cast": [...], "stored": count,
           "refused": message, "verdicts": {name: [[rule, outcome, reason]]}}
"""

import json
import sys
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from small_spark import small_spark


def main() -> None:
    request = json.load(sys.stdin)
    spark = small_spark(request["warehouse"]).getOrCreate()
    try:
        json.dump(answer(spark, request), sys.stdout)
    finally:
        spark.stop()


def answer(spark: SparkSession, request: dict[str, Any]) -> dict[str, Any]:
    spark.sql(request["ddl"])
    spark.sql(request["ddl"])  # a second time, on the table that is there
    table = request["table"]
    schema = spark.table(table).schema
    typed = cast(spark, request["rows"], request["casts"])
    typed.createOrReplaceTempView("typed")
    lineage = ["NULL"] * (len(schema) - len(typed.columns))
    insert = f"INSERT INTO {table} SELECT {', '.join([*typed.columns, *lineage])} FROM typed"
    spark.sql(insert)
    return {
        "columns": [
            [field.name, field.dataType.simpleString(), field.nullable, field.metadata.get("comment", "")]
            for field in schema
        ],
        "partitions": [
            row.data_type
            for row in spark.sql(f"DESCRIBE TABLE {table}").collect()
            if row.col_name.startswith("Part ")
        ],
        "cast": [json.loads(row) for row in typed.toJSON().collect()],
        "stored": spark.table(table).count(),
        "refused": refused(spark, insert.replace("SELECT text", "SELECT cast(NULL AS string)")),
        "verdicts": {
            name: verdicts(spark, cast(spark, case["rows"], request["casts"]), case["rules"])
            for name, case in request["rulesets"].items()
        },
    }


def cast(spark: SparkSession, rows: list[dict[str, str | None]], casts: list[str]) -> DataFrame:
    columns = list(rows[0])
    raw = spark.createDataFrame(
        [[row[column] for column in columns] for row in rows],
        ", ".join(f"{column} string" for column in columns),
    )
    return raw.selectExpr(*casts).cache()


def refused(spark: SparkSession, statement: str) -> str:
    try:
        spark.sql(statement)
    except Exception as error:
        return str(error)
    return ""


def verdicts(spark: SparkSession, rows: DataFrame, rules: str) -> list[list[str]]:
    evaluation = spark._jvm.com.amazon.deequ.dqdl.EvaluateDataQuality.process(rows._jdf, rules)
    return [
        [row.Rule, row.Outcome, row.FailureReason or ""] for row in DataFrame(evaluation, spark).collect()
    ]


if __name__ == "__main__":
    main()
