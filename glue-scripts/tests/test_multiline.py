"""A profile whose records may span lines: each is on the line that it begins on, its text as it came."""

from dataclasses import replace

from lake import Lake, csv
from penstock_runtime.contract import Job
from small_job import HEADER, READINGS, SMALL

PROFILE = replace(SMALL.profiles[0], multiline=True)
JOB = Job("small", [READINGS], [PROFILE, *SMALL.profiles[1:]])
MENDED = Job("small", [replace(READINGS, rules=[])], [PROFILE, *SMALL.profiles[1:]])

ROWS = (
    b'a,solid,1,,1,ann\r\n'  # line 2
    b'"b\r\n\r\nb ""of"" \x1bn, 3\nlines",solid,2,,1,\r\n'  # 3 to 6
    b'\r\n'
    b'"c\nc",liquid,0.5,,1,"a\nn"\r\n'  # 8 to 10
    b'"d\nd",solid,4\r\n'  # 11 and 12
    b'"e\ne",solid,5,,1,Andr\xe9\r\n'  # 13 and 14
    b'"f\nf",solid,6,,1,\x00\r\n'  # 15 and 16
    b'g,solid,7,,1,"a ""n"""\r\n'  # 17
    b'"h\n\nh",solid,8,,1,'  # 18 to 20
)  # fmt: skip


def test_a_record_may_span_lines(lake: Lake) -> None:
    content = HEADER.encode() + b"\r\n" + ROWS
    report = lake.run(
        lake.put("lines.csv", content),
        lake.put("broken.csv", csv('x,solid,1,,1,"a', "y,solid,1,,1,")),
        lake.put("zipped.csv.gz", csv('"z\nz",solid,9,,1,')),
        job=JOB,
    )
    assert [(file["status"], file["rows"], file["reason"]) for file in report["files"]] == [
        ("accepted", 8, None),
        (
            "rejected",
            0,
            "a broken quote in the record that begins in line 2; records may span lines here, so what comes "
            "after it can't be told apart: mend it and send the file again",
        ),
        ("accepted", 1, None),
    ]
    assert lake.rows("id", "amount", "_line", "_source_file") == [
        ("a", 1, 2, "raw/lines.csv"),
        ('b\r\n\r\nb "of" \x1bn, 3\nlines', 2, 3, "raw/lines.csv"),
        ("g", 7, 17, "raw/lines.csv"),
        ("h\n\nh", 8, 18, "raw/lines.csv"),
        ("z\nz", 9, 2, "raw/zipped.csv.gz"),
    ]
    assert [(row["line"], row["raw"], row["reasons"]) for row in lake.quarantined()] == [
        (8, '"c\nc",liquid,0.5,,1,"a\nn"', ["a liquid is at least 1"]),
        (11, '"d\nd",solid,4', ["too few fields"]),
        (13, '"e\ne",solid,5,,1,Andr\ufffd', ["invalid UTF-8"]),
        (15, '"f\nf",solid,6,,1,\x00', ["NUL byte"]),
    ]
    assert not list(lake.folder.rglob("copies/*")), "a copy is there for the run alone"

    again = lake.run(job=MENDED, work={"kind": "redrive", "dataset": "readings"})
    assert (again["datasets"]["readings"]["accepted"], again["datasets"]["readings"]["quarantined"]) == (1, 1)
    assert ("c\nc", 8, "raw/lines.csv") in lake.rows("id", "_line", "_source_file")
