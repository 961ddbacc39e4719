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
    counted = observed(spark.range(10).toDF("id"), "id > 3")
    nobody = spark.range(10).groupBy("id").count().where("count > 1")
    counted.rows.join(nobody, "id").write.format("noop").mode("overwrite").save()
    assert counted.count() == 6
