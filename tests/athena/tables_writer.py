"""Real Spark as the writer of tables that `runAthena` reads.

Reads one JSON request on standard input: {"warehouse": dir, "statements": [Spark SQL, ...]}.
"""

import json
import sys

from small_spark import small_spark


def main() -> None:
    request = json.load(sys.stdin)
    spark = small_spark(request["warehouse"]).getOrCreate()
    try:
        for statement in request["statements"]:
            spark.sql(statement)
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
