"""The Spark session, with the settings that the runtime's results rest on, the same in both places."""

from pyspark.sql import SparkSession

_settings = {
    "spark.sql.session.timeZone": "UTC",
    # `try_*` and casts give NULL, and the reasons say why; one bad row must not end the job.
    "spark.sql.ansi.enabled": "false",
    "spark.sql.legacy.timeParserPolicy": "CORRECTED",
    "spark.sql.caseSensitive": "false",
    # The JVM runs methods beyond this many bytes uncompiled, ten times slower; Spark then splits the work.
    "spark.sql.codegen.hugeMethodLimit": "8000",
    # Where no row comes out, this rule drops what comes before, and with it the counting of rows that have to
    # be set aside (see observed.py).
    "spark.sql.adaptive.optimizer.excludedRules": (
        "org.apache.spark.sql.execution.adaptive.AQEPropagateEmptyRelation"
    ),
    # What is kept is read twice at most; finding out how to compress it costs more than that.
    "spark.sql.inMemoryColumnarStorage.compressed": "false",
    # INT96, the default, is read without a zone by others.
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    # Times before 1900 are written as they are; by default one of them ends the job.
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    # A file that cannot be read is rejected by name, never skipped.
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
}


def session() -> SparkSession:
    """The session that is there, or a new one; never stopped here, since it may be another's too."""
    spark = SparkSession.builder.getOrCreate()
    for name, value in _settings.items():
        spark.conf.set(name, value)
    # Files must be split alike each time they are read (see survey.py); by default the split depends on
    # how many cores happen to be there at the moment.
    spark.conf.set("spark.sql.files.minPartitionNum", str(2 * max(2, spark.sparkContext.defaultParallelism)))
    return spark
