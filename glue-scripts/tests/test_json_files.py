"""JSON files through a run: what is read, where it lies, what is set aside, and its redrive."""

import gzip
from dataclasses import replace

from lake import Lake
from penstock_runtime.contract import Dataset, Job, Profile
from small_job import BOTH, HEADER, PLACES, READINGS, SMALL

_OF_JSON = replace(SMALL.profiles[0], name="of-json", format="json")
_PLACES = Profile(
    name="json-places",
    header=["place", "name", "id"],
    sql={"places": "SELECT place, name FROM raw"},
    sources={"places": {"place": ["place"], "name": ["name"]}},
    format="json",
    folder="places/",
)


def _job(readings: Dataset = READINGS) -> Job:
    return Job("small", [readings], [*SMALL.profiles[:1], _OF_JSON])


def _files(report: dict[str, object]) -> list[tuple[str, int, str | None]]:
    return [(file["status"], file["rows"], file["reason"]) for file in report["files"]]  # type: ignore[attr-defined]


def test_lists_and_lines_are_read_beside_csv(lake: Lake) -> None:
    lines = (
        b'\xef\xbb\xbf{"id":"d","amount":4.50,"version":1,"kind":"solid"}\r\n'
        b"\r\n"
        b'  {"version":"2", "amount":"5","id":"e","more":[1]}'
    )
    report = lake.run(
        lake.put("plain.csv", f"{HEADER}\na,solid,1,,1,\n"),
        lake.put("list.json", '[{"id":"b","amount":2,"version":1},{"id":"c","amount":3.005,"version":1}]\n'),
        lake.put("lines.jsonl", lines),
        lake.put("_zipped [x]: 100%.NDJSON.gz", gzip.compress(b'{"id":"f","amount":6,"version":1}')),
        lake.put("empty.json", ""),
        lake.put("none.json", " [ ] "),
        lake.put("blank.jsonl.gz", "\n\n"),
        job=_job(),
    )
    assert _files(report) == [
        ("accepted", 1, None),
        ("accepted", 2, None),
        ("accepted", 2, None),
        ("accepted", 1, None),
        ("accepted", 0, None),
        ("accepted", 0, None),
        ("accepted", 0, None),
    ]
    rows = lake.rows("id", "amount", "_line", "_source_file")
    assert [(id, str(amount), *rest) for id, amount, *rest in rows] == [
        ("a", "1.00", 2, "raw/plain.csv"),
        ("b", "2.00", 1, "raw/list.json"),
        ("c", "3.01", 2, "raw/list.json"),
        ("d", "4.50", 1, "raw/lines.jsonl"),
        ("e", "5.00", 3, "raw/lines.jsonl"),
        ("f", "6.00", 1, "raw/_zipped [x]: 100%.NDJSON.gz"),
    ]  # fmt: skip
    assert not list(lake.folder.rglob("copies/*")), "a copy is there for the run alone"


def test_files_that_are_no_json_are_rejected_whole(lake: Lake) -> None:
    example = (
        'a file is a list of objects or has one a line, such as of-json with "id", "kind", "amount", "seen", '
        '"version", "person"'
    )
    report = lake.run(
        lake.put("csv.json", f"{HEADER}\na,solid,1,,1,\n"),
        lake.put("cut.json", '[{"id":"a","amount":1,"version":1},\n{"id":"b"'),
        lake.put("broken.json", '[{"id":"a","amount":1,"version":1},\n{"id":b}]'),
        lake.put("other.json", '{"data":[{"id":"a","amount":1,"version":1}]}'),
        lake.put("numbers.json", "[1, 2, 3]"),
        lake.put("utf-16.json", '[{"id":"a"}]'.encode("utf-16")),
        lake.put("picture.json", b"\x89PNG\r\n\x1a\n\0\0\0"),
        lake.put("cut.jsonl.gz", gzip.compress(b'{"id":"a","amount":1,"version":1}\n' * 999)[:-9]),
        lake.put("json.csv", '[{"id":"a","amount":1,"version":1}]'),
        lake.put("good.json", '[{"id":"z","amount":1,"version":1}]'),
        job=_job(),
    )
    reasons = [reason for _, _, reason in _files(report)]
    assert reasons == [
        f"not JSON: no object in its first lines; {example}",
        "truncated JSON: the list that begins in line 1 has no end; send it again",
        "not JSON in line 2: expecting value; in a list what comes after it can't be told apart: mend it and "
        "send the file again",
        f"no field of its first records is known; {example}",
        f"its records are no objects; {example}",
        "UTF-16, not UTF-8; save it as JSON in UTF-8",
        f"not JSON: no object in its first lines; {example}",
        "truncated gzip: it ends in the middle; send it again",
        "JSON under a name that ends in none of .json, .jsonl and .ndjson; rename it",
        None,
    ]
    assert lake.rows("id") == [("z",)]


def test_one_bad_record_is_set_aside_and_may_be_redriven(lake: Lake) -> None:
    lines = [
        '{"id":"a","amount":1,"version":1,"kind":"solid"}',
        '{"id":"b","amount":NaN,"version":1}',
        '{"id":"c","amount":1e400,"version":1}',
        '{"id":"d","amount":"12,5","version":1}',
        '{"amount":5.0,"version":1}',
        '{"id":"f","amount":6,"version":1',
        '{"id":"g","amount":7,"version":1,"id":"gg"}',
        "[8]",
        '{"id":"i","amount":0.50,"version":1,"kind":"liquid","person":"\\u0141 \\"x\\""}',
        '{"id":"j","amount":{"a":1.0},"version":null}',
        '{"id":"k","amount":0.25,"version":1,"kind":"liquid"}',
    ]
    report = lake.run(lake.put("lines.jsonl", "\n".join(lines)), job=_job())
    assert _files(report) == [("accepted", 11, None)]
    found = lake.quarantined()
    assert [(row["line"], row["reasons"]) for row in found] == [
        (2, ["amount: unparsable"]),
        (3, ["amount: unparsable"]),
        (4, ["amount: unparsable"]),
        (5, ["id: missing"]),
        (6, ["not JSON"]),
        (7, ["id: given twice"]),
        (8, ["not a JSON object"]),
        (9, ["a liquid is at least 1"]),
        (10, ["amount: unparsable", "version: missing"]),
        (11, ["a liquid is at least 1"]),
    ]
    assert [row["raw"] for row in found] == lines[1:]

    mended = _job(replace(READINGS, rules=[]))
    again = lake.run(job=mended, work={"kind": "redrive", "dataset": "readings"})
    counts = again["datasets"]["readings"]
    assert (counts["read"], counts["accepted"], counts["quarantined"]) == (10, 2, 8)
    rows = [(id, str(amount), line) for id, amount, line in lake.rows("id", "amount", "_line")]
    assert rows == [("a", "1.00", 1), ("i", "0.50", 9), ("k", "0.25", 11)]
    open_rows = [
        row for row in lake.quarantined() if row["resolved_by"] is None and row["retried_by"] is None
    ]
    assert [row["raw"] for row in open_rows] == [*lines[1:8], lines[9]]


def test_records_of_one_line_are_told_apart_and_the_last_wins(lake: Lake) -> None:
    report = lake.run(
        lake.put(
            "list.json",
            '[{"id":"a","amount":1,"version":1},{"id":"a","amount":2,"version":1},{"id":"b","amount":-1,"version":1},'
            '{"id":"c","amount":-1,"version":1}]',
        ),
        job=_job(),
    )
    counts = report["datasets"]["readings"]
    assert (counts["read"], counts["duplicates"], counts["quarantined"]) == (4, 1, 2)
    assert lake.rows("id", "amount", "_line") == [("a", 2, 2)]
    assert [(row["line"], row["key"]) for row in lake.quarantined()] == [(3, '{"id":"b"}'), (4, '{"id":"c"}')]


def test_the_fields_of_a_record_and_its_folder_tell_the_profile(lake: Lake) -> None:
    job = Job("small", BOTH.datasets, [_OF_JSON, _PLACES])
    report = lake.run(
        lake.put("places/a.json", '[{"place":"p","name":"one"}]'),
        lake.put("places/b.json", '[{"id":"x"},{"place":"q","name":"two"}]'),
        lake.put("c.json", '[{"other":1},{"place":"r","name":"three"}]'),
        lake.put("places/d.json", '[{"id":"y","amount":1,"version":1}]'),
        lake.put("e.json", '[{"id":"z"},{"id":"z","amount":1,"version":1}]'),
        job=job,
        prefix="raw/",
    )
    assert [(file["profile"], file["reason"]) for file in report["files"]] == [
        ("json-places", None),
        ("json-places", None),
        ("json-places", None),
        ("of-json", None),
        ("of-json", None),
    ]
    assert PLACES.name in report["datasets"]
    assert lake.rows("place", dataset="places") == [("p",), ("q",), ("r",)]
