"""Several versions of a row in one run: one stays, always the same one."""

from collections.abc import Callable
from decimal import Decimal

from lake import Lake, csv

FIRST, SECOND = "2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"

# By name: when it was modified, and its rows. The amount tells which version stayed.
FILES = {
    "z.csv": (FIRST, ["version,solid,1,,2,", "time,solid,2,,1,", "all,solid,3,,1,", "bad,solid,4,,1,"]),
    "b.csv": (SECOND, ["version,solid,5,,1,", "time,solid,6,,1,", "key,solid,7,,1,", "all,solid,8,,1,"]),
    "c.csv": (
        SECOND,
        ["key,solid,9,,1,", "line,solid,11,,1,", "line,solid,10,,1,", "all,solid,13,,1,", "all,solid,12,,1,"],
    ),
    # Newer, but no row at all.
    "d.csv": (SECOND, ["bad,solid,101,,2,", "once,solid,14,,1,"]),
}

STAYED = {
    "version": (1, "z.csv", 2),  # the greater version, though the file is older
    "time": (6, "b.csv", 3),  # versions are equal: the later file
    "key": (9, "c.csv", 2),  # files are equally late: the greater key
    "line": (10, "c.csv", 4),  # in one file: the greater line
    "all": (12, "c.csv", 6),
    "bad": (4, "z.csv", 5),
    "once": (14, "d.csv", 3),
}


def test_the_newest_stays_in_whatever_order_the_files_come(new_lake: Callable[[], Lake]) -> None:
    expected = [(id_, Decimal(amount), f"raw/{file}", line) for id_, (amount, file, line) in STAYED.items()]
    for names in (list(FILES), list(reversed(FILES))):
        lake = new_lake()
        report = lake.run(*[lake.put(name, csv(*FILES[name][1]), FILES[name][0]) for name in names])
        counts = report["datasets"]["readings"]
        # Of 15 rows, one is bad and seven stay.
        assert [counts[name] for name in ("read", "quarantined", "duplicates", "accepted")] == [15, 1, 7, 7]
        assert lake.rows("id", "amount", "_source_file", "_line") == sorted(expected)
