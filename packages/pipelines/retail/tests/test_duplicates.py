"""What comes twice is there once; two lines of an invoice that are equal are two items all the same."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from lake import Lake

Invoices = tuple[Lake, dict[str, Any], dict[str, Any]]
DATASETS = ("products", "orders", "order_items")


def counts(report: dict[str, Any], *names: str) -> dict[str, tuple[int, ...]]:
    return {dataset: tuple(found[name] for name in names) for dataset, found in report["datasets"].items()}


@pytest.fixture(scope="module")
def twice(new_shop: Callable[[], Lake]) -> tuple[Lake, list[dict[str, Any]], list[list[int]]]:
    """Two runs of the same three files: their reports, and the versions of each table after each."""
    shop = new_shop()
    order = "o-1,1,u-7,2026-03-02T09:15:00Z,12.40,2026-03-02"
    item = "i-1,o-1,u-7,,p-1,1,0,2026-03-02T09:15:00Z,2026-03-02"
    files = [
        # two names of one id; the later line is kept
        shop.put_rows("products.csv", "products", "p-1,,,Teapot", "p-2,,,Mug", "p-1,,,Tea pot"),
        shop.put_rows("orders.csv", "orders", order, order),
        shop.put_rows("items.csv", "order-items", item, item, item),
    ]
    reports, versions = [], []
    for _ in range(2):
        reports.append(shop.run(*files))
        versions.append([shop.delta_versions(dataset) for dataset in DATASETS])
    return shop, reports, versions


def test_of_two_rows_with_one_key_the_later_is_kept(
    twice: tuple[Lake, list[dict[str, Any]], list[list[int]]],
) -> None:
    shop, reports, _ = twice
    assert shop.delta_rows("products", "product_id", "product_name") == [("p-1", "Tea pot"), ("p-2", "Mug")]
    assert counts(reports[0], "read", "accepted", "duplicates", "inserted") == {
        "products": (3, 2, 1, 2),
        "orders": (2, 1, 1, 1),
        "order_items": (3, 1, 2, 1),
    }


def test_the_same_files_again_write_no_version(
    twice: tuple[Lake, list[dict[str, Any]], list[list[int]]],
) -> None:
    shop, reports, versions = twice
    assert counts(reports[1], "unchanged", "inserted", "updated") == {
        "products": (2, 0, 0),
        "orders": (1, 0, 0),
        "order_items": (1, 0, 0),
    }
    # The table's definition and one run.
    assert versions == [[2, 2, 2], [2, 2, 2]]
    for dataset in DATASETS:
        assert {run for (run,) in shop.delta_rows(dataset, "_run_id")} == {reports[0]["run_id"]}


TODAY, YESTERDAY = "2026-03-03T06:00:00.000Z", "2026-03-02T06:00:00.000Z"
CORRECTED = "o-1,1,u-7,2026-03-02T09:15:00Z,13.40,2026-03-02"
FIRST = "o-1,1,u-7,2026-03-02T09:15:00Z,12.40,2026-03-02"


@pytest.mark.parametrize(
    ("modified", "total", "outcome"),
    [
        # As `run --input` and S3 have it: a file is as new as the moment it is put.
        pytest.param("2026-03-03T07:00:00.000Z", "12.400", (0, 1, 0), id="put anew"),
        # Copied into the lake's folder with its time, `cp -p`.
        pytest.param(YESTERDAY, "13.400", (0, 0, 1), id="with the time it had"),
    ],
)
def test_of_yesterdays_file_after_todays_the_rows_win_if_it_was_put_later(
    new_shop: Callable[[], Lake], modified: str, total: str, outcome: tuple[int, int, int]
) -> None:
    shop = new_shop()
    shop.run(shop.put_rows("orders/today.csv", "orders", CORRECTED, modified=TODAY))
    report = shop.run(shop.put_rows("orders/yesterday.csv", "orders", FIRST, modified=modified))
    assert counts(report, "inserted", "updated", "superseded")["orders"] == outcome
    assert shop.delta_rows("orders", "order_id", "total_amount") == [("o-1", Decimal(total))]


def test_equal_lines_of_an_invoice_are_an_item_each(invoices: Invoices) -> None:
    _, first, _ = invoices
    # Every line yields a row of each dataset: five lines, three stock codes, three invoices.
    assert counts(first, "read", "accepted", "duplicates") == {
        "products": (5, 3, 2),
        "orders": (5, 3, 2),
        "order_items": (5, 5, 0),
    }


def test_the_same_invoices_under_another_name_change_nothing(invoices: Invoices) -> None:
    shop, _, second = invoices
    assert counts(second, "unchanged", "inserted", "updated") == {
        "products": (3, 0, 0),
        "orders": (3, 0, 0),
        "order_items": (5, 0, 0),
    }
    assert [shop.delta_versions(dataset) for dataset in DATASETS] == [2, 2, 2]
