"""Each rule of a row has a row that breaks it, and says so; a run that breaks a gate publishes nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from lake import Lake

_PRODUCT = "p-0,,,Apples"
_ORDER = "o-0,1,u-1,2026-03-02T09:15:00Z,1.50,2026-03-02"
_SALE = "700001,10001,TEAPOT,1,2011-06-01 08:26:00,2.50,20001,France"
_AT = "2026-03-02T09:15:00Z,2026-03-02"

# Each line with everything that is against it.
PRODUCTS = {",4,produce,Nameless": ["product_id: missing"]}
ORDERS = {
    ",1,,2026-03-02T09:15:00Z,1,2026-03-02": ["order_id: missing"],
    "a,first,,2026-03-02T09:15:00Z,1,2026-03-02": ["order_num: unparsable"],
    "b,0,,2026-03-02T09:15:00Z,1,2026-03-02": ["order_num: below 1"],
    "c,1,,,1,2026-03-02": ["order_timestamp: missing"],
    "d,1,,2026-02-30T09:15:00Z,1,2026-03-02": ["order_timestamp: unparsable"],
    "e,1,,1999-12-31T23:59:59Z,1,1999-12-31": ["order_timestamp: below 2000-01-01T00:00:00Z"],
    "f,1,,2050-01-01T00:00:01Z,1,2050-01-01": ["order_timestamp: above 2050-01-01T00:00:00Z"],
    "g,1,,2026-03-02T09:15:00Z,,2026-03-02": ["total_amount: missing"],
    "h,1,,2026-03-02T09:15:00Z,much,2026-03-02": ["total_amount: unparsable"],
    "i,1,,2026-03-02T09:15:00Z,-0.001,2026-03-02": ["total_amount: below 0"],
    "j,1,,2026-03-02T09:15:00Z,1,": ["date: missing"],
    "k,1,,2026-03-02T09:15:00Z,1,02/03/2026": ["date: unparsable"],
    "l,1,,2026-03-02T23:30:00-01:00,1,2026-03-02": ["date agrees with the timestamp"],
    "m,0,,2026-03-02T09:15:00Z,-1,2026-03-03": [
        "order_num: below 1",
        "total_amount: below 0",
        "date agrees with the timestamp",
    ],
}
ITEMS = {
    f",o-0,,,p-0,1,,{_AT}": ["id: missing"],
    f"a,,,,p-0,1,,{_AT}": ["order_id: missing"],
    f"b,o-0,,a week,p-0,1,,{_AT}": ["days_since_prior_order: unparsable"],
    f"c,o-0,,-1,p-0,1,,{_AT}": ["days_since_prior_order: below 0"],
    f"d,o-0,,,,1,,{_AT}": ["product_id: missing"],
    f"e,o-0,,,p-0,,,{_AT}": ["add_to_cart_order: missing"],
    f"f,o-0,,,p-0,1st,,{_AT}": ["add_to_cart_order: unparsable"],
    f"g,o-0,,,p-0,0,,{_AT}": ["add_to_cart_order: below 1"],
    f"h,o-0,,,p-0,1,maybe,{_AT}": ["reordered: unparsable"],
    "i,o-0,,,p-0,1,,,2026-03-02": ["order_timestamp: missing"],
    "j,o-0,,,p-0,1,,09:15,2026-03-02": ["order_timestamp: unparsable"],
    "k,o-0,,,p-0,1,,1999-12-31T00:00:00Z,1999-12-31": ["order_timestamp: below 2000-01-01T00:00:00Z"],
    "l,o-0,,,p-0,1,,2051-01-01T00:00:00Z,2051-01-01": ["order_timestamp: above 2050-01-01T00:00:00Z"],
    "m,o-0,,,p-0,1,,2026-03-02T09:15:00Z,": ["date: missing"],
    "n,o-0,,,p-0,1,,2026-03-02T09:15:00Z,yesterday": ["date: unparsable"],
    "o,o-0,,,p-0,1,,2026-03-02T09:15:00Z,2026-03-03": ["date agrees with the timestamp"],
}
INVOICES = {
    "C700002,10001,TEAPOT,-1,2011-06-01 09:00:00,2.50,20001,France": ["cancellation"],
    "A700003,B,Adjust bad debt,1,2011-06-01 09:00:00,2.50,,France": ["bookkeeping entry"],
    "700004,10001,damaged,-5,2011-06-01 09:00:00,0,,France": ["stock adjustment"],
    "700005,10001,found,5,2011-06-01 09:00:00,0,,France": ["stock adjustment"],
    "700006,10001,TEAPOT,1,2011-06-01 09:00:00,-1,20001,France": ["negative price"],
    "700007,10001,TEAPOT,some,2011-06-01 09:00:00,2.50,20001,France": ["Quantity: no whole number"],
    "700008,10001,TEAPOT,1,2011-06-01 09:00:00,dear,20001,France": ["UnitPrice: no number"],
}
TOO_OLD = "700009,10001,TEAPOT,1,1999-06-01 09:00:00,2.50,20001,France"
TOO_OLD_IN = {
    "products": ["updated_at: below 2000-01-01T00:00:00Z"],
    "orders": ["order_timestamp: below 2000-01-01T00:00:00Z"],
    # The order is refused, so the item has none.
    "order_items": ["order_timestamp: below 2000-01-01T00:00:00Z", "orphan: order_id is not in orders"],
}


@pytest.fixture(scope="module")
def outcome(new_shop: Callable[[], Lake]) -> tuple[Lake, dict[str, Any]]:
    """A run of all of them, among so many good rows that no gate minds."""
    shop = new_shop()
    items = [f"good-{number},o-0,u-1,,p-0,{number},1,{_AT}" for number in range(1, 51)]
    sales = [_SALE.replace("700001", f"71{number:04}") for number in range(60)]
    report = shop.run(
        shop.put_rows("products.csv", "products", _PRODUCT, *PRODUCTS),
        shop.put_rows("orders.csv", "orders", _ORDER, *ORDERS),
        shop.put_rows("items.csv", "order-items", *items, *ITEMS),
        shop.put_rows("invoices.csv", "online-retail", *sales, *INVOICES, TOO_OLD),
    )
    return shop, report


def reasons(shop: Lake, dataset: str, file: str) -> dict[str, list[str]]:
    return {
        row["raw"]: row["reasons"] for row in shop.quarantined(dataset) if row["file"] == f"raw/{file}.csv"
    }


@pytest.mark.parametrize(
    ("dataset", "file", "expected"),
    [("products", "products", PRODUCTS), ("orders", "orders", ORDERS), ("order_items", "items", ITEMS)],
)
def test_a_row_that_breaks_a_rule_is_set_aside(
    outcome: tuple[Lake, dict[str, Any]], dataset: str, file: str, expected: dict[str, list[str]]
) -> None:
    shop, _ = outcome
    assert reasons(shop, dataset, file) == expected


@pytest.mark.parametrize("dataset", ["products", "orders", "order_items"])
def test_what_is_no_sale_makes_no_row_of_any_dataset(
    outcome: tuple[Lake, dict[str, Any]], dataset: str
) -> None:
    shop, _ = outcome
    assert reasons(shop, dataset, "invoices") == INVOICES | {TOO_OLD: TOO_OLD_IN[dataset]}


def test_the_good_rows_are_published(outcome: tuple[Lake, dict[str, Any]]) -> None:
    shop, report = outcome
    assert report["outcome"] == "published"
    assert shop.delta_rows("products", "product_id") == [("10001",), ("p-0",)]
    # Of 60 sales each is an order of its own.
    rows = {name: counts["rows"] for name, counts in report["datasets"].items()}
    assert rows == {"products": 2, "orders": 61, "order_items": 110}


def test_a_broken_gate_publishes_nothing(outcome: tuple[Lake, dict[str, Any]]) -> None:
    shop, _ = outcome
    datasets = ("products", "orders", "order_items")
    before = [(shop.delta_versions(each), shop.delta_rows(each, "*")) for each in datasets]
    report = shop.run(
        shop.put_rows("bread.csv", "products", "p-1,,,Bread", "p-2,,,Butter"),
        # pence for pounds
        shop.put_rows("dear.csv", "orders", "o-1,1,u-1,2026-03-02T09:15:00Z,20000.001,2026-03-02"),
        shop.put_rows("half.csv", "order-items", f"i-1,o-1,,,p-1,1,,{_AT}", f"i-2,o-1,,,p-1,0,,{_AT}"),
    )
    assert report["outcome"] == "gate_failed"
    assert [(each["dataset"], each["rule"]) for each in report["gates"] if not each["passed"]] == [
        ("orders", 'Mean "total_amount" <= 20000'),
        ("order_items", "at most 30% of the rows quarantined"),
    ]
    # Not even what no gate minds.
    assert [(shop.delta_versions(each), shop.delta_rows(each, "*")) for each in datasets] == before
