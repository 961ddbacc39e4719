"""What a run keeps in Spark's memory is gone when it ends, and what it counts on the way is counted."""

from lake import Lake, csv
from penstock_runtime.observed import observed
from penstock_runtime.session import session
from pyspark.sql import SparkSession


def test_nothing_is_kept_when_a_run_has_ended(lake: Lake) -> None:
    file = lake.put("1.csv", csv("a,solid,1,,1,", "a,solid,2,,2,", "b,gas,x,,1,", "too,few"))
    counts = lake.run(file)["datasets"]["readings"]
    assert (counts["accepted"], counts["quarantined"], counts["duplicates"]) == (1, 2, 1)
    assert lake.spark._jsparkSession.sharedState().cacheManager().isEmpty()


def test_rows_are_counted_where_nothing_comes_out_after_them(spark: SparkSession) -> None:
    """Or the run would wait for a figure that never comes, and read everything once more to be sure."""
    session()
    counted = observed(spark.range(10).selectExpr("id + CAST(rand(0) AS bigint) AS id"), "id > 3")
    nobody = counted.rows.where("id < 0")
    ranked = nobody.selectExpr("row_number() OVER (PARTITION BY id ORDER BY id) AS place")
    ranked.write.format("noop").mode("overwrite").save()
    assert counted.count() == 6
