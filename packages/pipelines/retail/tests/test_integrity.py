"""An item waits until both its order and its product are there, and is never in the table without them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from lake import Lake

NO_ORDER = "orphan: order_id is not in orders"
NO_PRODUCT = "orphan: product_id is not in products"
AT = "2026-03-02T09:15:00Z,2026-03-02"


@dataclass(frozen=True)
class After:
    """What a run left behind."""

    report: dict[str, Any]
    items: list[str]
    waiting: dict[str, list[str]]
    """The reasons of each item that waits."""
    without_parents: int
    """Items in the table whose order or product is not; none at any time."""


@pytest.fixture(scope="module")
def story(new_shop: Callable[[], Lake]) -> list[After]:
    """Items come first, then an order that some of them wait for, then the product that the others do."""
    shop = new_shop()
    first = shop.run(
        shop.put_rows("products.csv", "products", "p-0,,,Apples"),
        shop.put_rows("orders.csv", "orders", f"o-0,,,2026-03-02T09:15:00Z,1,{AT[-10:]}"),
        shop.put_rows(
            "items.csv",
            "order-items",
            f"whole,o-0,,,p-0,1,,{AT}",
            f"no order,o-1,,,p-0,1,,{AT}",
            f"no product,o-0,,,p-1,2,,{AT}",
            f"neither,o-1,,,p-1,2,,{AT}",
            # Nothing that could arrive makes this one a row.
            f"bad besides,o-1,,,,3,,{AT}",
        ),
    )
    found = [_after(shop, first)]
    order = f"o-1,,,2026-03-02T09:15:00Z,1,{AT[-10:]}"
    found.append(_after(shop, shop.run(shop.put_rows("later.csv", "orders", order))))
    product = "p-1,,,Bread"
    found.append(_after(shop, shop.run(shop.put_rows("last.csv", "products", product))))
    return found


def _after(shop: Lake, report: dict[str, Any]) -> After:
    lines = [
        row
        for row in shop.quarantined("order_items")
        if row["resolved_by"] is None and row["retried_by"] is None
    ]
    without = shop.spark.sql(f"""
        SELECT i.id FROM {shop.delta("order_items")} i
        LEFT JOIN {shop.delta("orders")} o USING (order_id)
        LEFT JOIN {shop.delta("products")} p USING (product_id)
        WHERE o._line IS NULL OR p._line IS NULL
    """)
    return After(
        report,
        [item for (item,) in shop.delta_rows("order_items", "id")],
        {row["raw"].split(",")[0]: row["reasons"] for row in lines},
        without.count(),
    )


def test_an_item_without_its_parents_waits_and_says_for_which(story: list[After]) -> None:
    after = story[0]
    assert after.report["outcome"] == "published"
    assert after.items == ["whole"]
    assert after.waiting == {
        "no order": [NO_ORDER],
        "no product": [NO_PRODUCT],
        "neither": [NO_ORDER, NO_PRODUCT],
        "bad besides": ["product_id: missing", NO_ORDER],
    }
    counts = after.report["datasets"]["order_items"]
    assert (counts["read"], counts["accepted"], counts["quarantined"], counts["waiting"]) == (5, 1, 4, 3)


def test_the_order_brings_the_items_that_waited_for_nothing_else(story: list[After]) -> None:
    after = story[1]
    assert after.items == ["no order", "whole"]
    assert sorted(after.waiting) == ["bad besides", "neither", "no product"]
    counts = after.report["datasets"]["order_items"]
    # Its own file has no items.
    assert (counts["read"], counts["inserted"], counts["waiting"]) == (1, 1, 2)


def test_the_product_brings_the_others(story: list[After]) -> None:
    after = story[2]
    assert after.items == ["neither", "no order", "no product", "whole"]
    assert sorted(after.waiting) == ["bad besides"]
    counts = after.report["datasets"]["order_items"]
    assert (counts["read"], counts["inserted"], counts.get("waiting")) == (2, 2, None)


def test_no_item_is_ever_in_the_table_without_its_parents(story: list[After]) -> None:
    assert [after.without_parents for after in story] == [0, 0, 0]
