"""Tables are brought to their contract by every run, and by a run that does nothing else."""

from typing import Any

from lake import Lake, csv

MIGRATE: dict[str, Any] = {"work": {"kind": "migrate"}}


def as_glue_makes_it(lake: Lake) -> None:
    """Columns alone, all of them optional: what Glue knows of a contract."""
    dataset = next(each for each in lake.job.datasets if each.name == "readings")
    columns = ", ".join(f"`{column.name}` {column.type}" for column in dataset.columns)
    namespace = lake.table().rpartition(".")[0]
    lake.spark.sql(f"CREATE NAMESPACE IF NOT EXISTS {namespace}")
    lake.spark.sql(f"CREATE TABLE {lake.table()} ({columns}) USING iceberg")


def definition(lake: Lake) -> str:
    created: str = lake.spark.sql(f"SHOW CREATE TABLE {lake.table()}").collect()[0][0]
    return "\n".join(line for line in created.splitlines() if "uuid" not in line)


def test_a_table_as_glue_makes_it_gets_what_the_contract_says_of_it(lake: Lake) -> None:
    lake.run(**MIGRATE)
    wanted = definition(lake)
    lake.spark.sql(f"DROP TABLE {lake.table()}")
    as_glue_makes_it(lake)
    assert definition(lake) != wanted
    report = lake.run(**MIGRATE)
    assert report["outcome"] == "published"
    assert definition(lake) == wanted
    assert lake.run(lake.put("1.csv", csv("a,solid,1,,1,")))["datasets"]["readings"]["inserted"] == 1


def test_a_table_with_rows_is_never_made_anew(lake: Lake) -> None:
    as_glue_makes_it(lake)
    lake.run(lake.put("1.csv", csv("a,solid,1,,1,")))
    before = lake.spark.table(lake.table() + ".history").count()
    lake.run(**MIGRATE)
    assert lake.spark.table(lake.table() + ".history").count() == before
    assert [row[0] for row in lake.rows("id")] == ["a"]
