"""A profile's own reasons against a row: `_problems`."""

from collections.abc import Callable
from dataclasses import replace

from lake import Lake, csv
from penstock_runtime.contract import Job, Profile
from small_job import READINGS, SMALL

_PLAIN = SMALL.profiles[0]

_OBJECTING = Job(
    "small",
    [READINGS],
    [
        Profile(
            name="objecting",
            header=_PLAIN.header,
            sql={
                "readings": """
                    WITH read AS (SELECT *, seen RLIKE '^0[1-9]/0[1-9]/' AS either FROM raw)
                    SELECT
                      trim(id) AS id,
                      kind,
                      try_cast(amount AS decimal(6, 2)) AS amount,
                      to_date(if(either, NULL, seen), 'dd/MM/yyyy') AS seen,
                      try_cast(version AS int) AS version,
                      person,
                      array(
                        if(either, 'seen: day first or month first', NULL),
                        if(kind = 'gas', 'no gas from here', NULL)
                      ) AS _problems
                    FROM read
                """
            },
            sources=_PLAIN.sources,
        )
    ],
)


def test_a_problem_is_the_reason_and_other_reasons_stay(new_lake: Callable[[], Lake]) -> None:
    lake = new_lake()
    rows = csv(
        "good,solid,1,13/01/2026,1,ann",
        "either,solid,1,02/01/2026,1,ann",
        "both,gas,-1,02/01/2026,,ann",
        "apart,gas,much,31/31/2026,1,ann",
    )
    report = lake.run(lake.put("rows.csv", rows), job=_OBJECTING)
    assert report["datasets"]["readings"]["accepted"] == 1
    # NULL where there is a date, yet not unparsable: the problem says more
    seen = "seen: day first or month first"
    kind = "kind: not one of solid, liquid"
    assert {row["line"]: row["reasons"] for row in lake.quarantined()} == {
        3: [seen],
        4: [seen, "no gas from here", kind, "amount: below 0", "version: missing"],
        5: ["no gas from here", kind, "amount: unparsable", "seen: unparsable"],
    }


def test_without_a_problem_what_is_null_is_unparsable_as_ever(new_lake: Callable[[], Lake]) -> None:
    lake = new_lake()
    strict = replace(
        _OBJECTING.profiles[0],
        sql={
            "readings": _PLAIN.sql["readings"].replace(
                "FROM raw", ", CAST(NULL AS array<string>) AS _problems FROM raw"
            )
        },
    )
    job = replace(_OBJECTING, profiles=[strict])
    lake.run(lake.put("rows.csv", csv("day,solid,1,yesterday,1,ann")), job=job)
    assert [row["reasons"] for row in lake.quarantined()] == [["seen: unparsable"]]
