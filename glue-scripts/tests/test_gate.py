"""A run that breaks a gate publishes nothing, and leaves a branch to look at."""

from decimal import Decimal

from lake import Lake, csv
from small_job import with_most_quarantined


def test_a_broken_rule_publishes_nothing_and_names_the_branch(lake: Lake) -> None:
    first = lake.run(lake.put("1.csv", csv("a,solid,10,,1,")))
    assert (first["outcome"], first["datasets"]["readings"]["branch"]) == ("published", None)
    assert [gate["passed"] for gate in first["gates"]] == [True] * 3

    # On average 95.5, where 90 is the most.
    broken = lake.run(lake.put("2.csv", csv("a,solid,95,,2,", "b,solid,96,,1,")))
    counts = broken["datasets"]["readings"]
    branch = "run_" + broken["run_id"].replace("-", "_")
    assert (broken["outcome"], counts["branch"], counts["rows"]) == ("gate_failed", branch, 1)
    assert (counts["inserted"], counts["updated"]) == (1, 1)
    failed = [gate for gate in broken["gates"] if not gate["passed"]]
    assert [(gate["dataset"], gate["rule"]) for gate in failed] == [("readings", 'Mean "amount" <= 90')]
    assert "95.5" in failed[0]["detail"]
    assert lake.rows("id", "amount") == [("a", Decimal(10))]
    assert lake.rows("id", "amount", branch=branch) == [("a", Decimal(95)), ("b", Decimal(96))]

    # The next run is none the worse for it, and the branch can still be read.
    third = lake.run(lake.put("3.csv", csv("b,solid,20,,1,")))
    assert third["outcome"] == "published"
    assert lake.rows("id", "amount") == [("a", Decimal(10)), ("b", Decimal(20))]
    assert lake.rows("id", branch=branch) == [("a",), ("b",)]


def test_too_large_a_share_in_quarantine_publishes_nothing(lake: Lake) -> None:
    job = with_most_quarantined(0.25)
    rule = "at most 25% of the rows quarantined"

    good = ["a,solid,1,,1,", "b,solid,1,,1,", "c,solid,1,,1,"]
    just = lake.run(lake.put("1.csv", csv(*good, "few")), job=job)
    assert just["outcome"] == "published"
    assert (just["gates"][0]["rule"], just["gates"][0]["passed"]) == (rule, True)

    over = lake.run(lake.put("2.csv", csv("d,solid,1,,1,", *good[1:], "few", "few")), job=job)
    assert (over["outcome"], over["gates"][0]["detail"]) == ("gate_failed", "2 of 5 rows, 40.0%")
    assert lake.rows("id") == [("a",), ("b",), ("c",)]
    assert len(lake.quarantined()) == 3

    none = lake.run(lake.put("3.csv", csv("few")), job=job)
    assert (none["outcome"], none["gates"][0]["detail"]) == ("gate_failed", "1 of 1 rows, 100.0%")
    assert none["datasets"]["readings"]["branch"] is None
