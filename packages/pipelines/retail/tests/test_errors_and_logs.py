"""A file that is none of ours is rejected with its reason while others go on; logs tell all but the rows."""

import io
import json
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any

import pytest
from lake import Lake

# Each in a row that is accepted, in one that is set aside, or in a file that is rejected.
TELLTALES = [
    "zebra-user",
    "zebra-order",
    "zebra-product",
    "Zebra Finch",
    "zebra-total",
    "zebra-item",
    "zebra-file",
]


@pytest.fixture(scope="module")
def outcome(new_shop: Callable[[], Lake]) -> tuple[Lake, dict[str, Any], str]:
    """The report of one run of good and bad files, and what it wrote to standard output."""
    shop = new_shop()
    order = "o-{},1,zebra-user,2026-03-02T09:15:00Z,1.50,2026-03-02"
    orders = [order.format(number) for number in range(4)]
    bad = "zebra-order,1,zebra-user,2026-03-02T09:15:00Z,zebra-total,2026-03-02"
    orphan = "zebra-item,o-none,zebra-user,,zebra-product,1,,2026-03-02T09:15:00Z,2026-03-02"
    header = "order_id,order_num,user_id,order_timestamp,total_amount,date"
    changed = shop.put_rows("orders/changed.csv", "orders", order.format(8))
    changed["hash"] = "sha256:" + "0" * 64
    files = [
        shop.put_rows("products/good.csv", "products", "zebra-product,,,Zebra Finch"),
        shop.put_rows("orders/good.csv", "orders", *orders, bad),
        shop.put_rows("order_items/good.csv", "order-items", orphan),
        shop.put("orders/no-header.csv", "zebra-file,1,zebra-user,2026-03-02T09:15:00Z,1.50,2026-03-02\n"),
        shop.put("orders/one-missing.csv", header.replace("user_id,", "") + "\nzebra-order,1,,1,\n"),
        shop.put("orders/semicolons.csv", header.replace(",", ";") + "\nzebra-order;1;;;1;\n"),
        shop.put("orders/utf-16.csv", f"{header}\nzebra-order,1,,,1,\n".encode("utf-16")),
        shop.put("orders/torn.csv.gz", b"\x1f\x8b\x08\x00zebra"),
        shop.put_rows("order_items/orders.csv", "orders", order.format(9)),
        changed,
    ]
    out = io.StringIO()
    with redirect_stdout(out):
        report = shop.run(*files, prefix="raw/")
    return shop, report, out.getvalue()


def test_others_go_on(outcome: tuple[Lake, dict[str, Any], str]) -> None:
    shop, report, _ = outcome
    assert report["outcome"] == "published"
    assert shop.delta_rows("orders", "order_id") == [(f"o-{number}",) for number in range(4)]
    assert shop.delta_rows("products", "product_id") == [("zebra-product",)]
    assert report["reasons"]["orders"] == {"total_amount: unparsable": 1}


def test_each_file_that_is_rejected_says_why(outcome: tuple[Lake, dict[str, Any], str]) -> None:
    _, report, _ = outcome
    reasons = {
        each["key"].removeprefix("raw/"): each["reason"]
        for each in report["files"]
        if each["status"] == "rejected"
    }
    beginnings = {
        "orders/no-header.csv": "no name in its first line is known; a file begins with its header",
        "orders/one-missing.csv": 'no profile has its header; the nearest is orders: missing "user_id"',
        "orders/semicolons.csv": "its columns are separated by semicolons; save it with commas",
        "orders/utf-16.csv": "UTF-16, not UTF-8; save it as CSV UTF-8",
        "orders/torn.csv.gz": "truncated gzip: it ends in the middle; send it again",
        "orders/changed.csv": "its content changed after the run was planned: found ",
        "order_items/orders.csv": "its header is that of orders, and it lies under order_items/; move it to ",
    }
    assert {name: reasons[name][: len(beginning)] for name, beginning in beginnings.items()} == beginnings
    assert reasons.keys() == beginnings.keys()


def test_log_lines_are_json_with_counts(outcome: tuple[Lake, dict[str, Any], str]) -> None:
    _, report, out = outcome
    lines = [json.loads(line) for line in out.splitlines()]
    for line in lines:
        assert line["run_id"] == report["run_id"]
        assert line["event"] in ("started", "done")
    # Each step that begins ends.
    begun, ended = (
        [line["step"] for line in lines if line["event"] == event] for event in ("started", "done")
    )
    assert sorted(begun) == sorted(ended)
    done = {line["step"]: line for line in lines if line["event"] == "done"}
    assert [each["name"] for each in report["steps"]] == [step for step in ended if step != "report"]
    assert (done["inspect"]["groups"], done["inspect"]["rejected"]) == (3, 7)
    assert done["survey"]["rows"] == 7
    # What is done at once is one step, which tells of each.
    rows = {
        work: found["rows"]
        for line in done.values()
        for work, found in line.items()
        if work.startswith(("clean ", "quarantine "))
    }
    assert (rows["clean orders"], rows["quarantine orders"]) == (4, 1)
    assert (rows["clean order_items"], rows["quarantine order_items"]) == (0, 1)
    assert (done["stage"]["orders"]["inserted"], done["stage"]["products"]["inserted"]) == (4, 1)
    assert done["report"]["datasets"] == report["datasets"]


def test_neither_logs_nor_report_show_a_value_of_a_row(outcome: tuple[Lake, dict[str, Any], str]) -> None:
    shop, report, out = outcome
    lineage = "".join(path.read_text() for path in (shop.folder / "runs").rglob("*.json*"))
    for telltale in TELLTALES:
        assert telltale not in out
        assert telltale not in json.dumps(report)
        assert telltale not in lineage
    # They are there for whoever looks into quarantine.
    assert "zebra-total" in shop.quarantined("orders")[0]["raw"]
