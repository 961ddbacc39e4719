"""From text to typed rows: three files of the project's own, and a file of invoices that yields all three."""

import hashlib
import hmac
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from lake import KEY, Lake

OwnFiles = tuple[Lake, dict[str, Any]]
Invoices = tuple[Lake, dict[str, Any], dict[str, Any]]


def pseudonym(user: str) -> str:
    return hmac.new(KEY, user.encode(), hashlib.sha256).hexdigest()


def utc(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+00:00")


def seconds(dataset: str, key: str, shop: Lake) -> list[tuple[Any, ...]]:
    """Times as seconds since 1970, which no zone of whoever asks can shift."""
    return shop.delta_rows(dataset, key, "unix_timestamp(order_timestamp)")


def test_products(own_files: OwnFiles) -> None:
    shop, _ = own_files
    assert shop.delta_rows("products", "product_id", "department_id", "department", "product_name") == [
        ("p-1", "4", "produce", "Organic Bananas"),
        ("p-2", "4", "produce", "Bananas, Bag of Ten"),
        ("p-3", None, None, None),
    ]


def test_totals_are_exact_and_times_in_utc(own_files: OwnFiles) -> None:
    shop, _ = own_files
    assert shop.delta_rows("orders", "order_id", "order_num", "total_amount", "date") == [
        ("o-1", 1, Decimal("12.400"), date(2026, 3, 2)),
        ("o-2", 1, Decimal("3.500"), date(2026, 3, 2)),
        ("o-3", 2, Decimal("0.000"), date(2026, 3, 8)),
        ("o-4", None, Decimal("1250.999"), date(2026, 3, 29)),
    ]
    assert seconds("orders", "order_id", shop) == [
        ("o-1", utc("2026-03-02T09:15").timestamp()),
        ("o-2", utc("2026-03-02T23:59").timestamp() + 59),
        ("o-3", utc("2026-03-08T22:30").timestamp()),
        ("o-4", utc("2026-03-29T00:30").timestamp()),
    ]


def test_items(own_files: OwnFiles) -> None:
    shop, _ = own_files
    columns = ["id", "order_id", "days_since_prior_order", "product_id", "add_to_cart_order", "reordered"]
    assert shop.delta_rows("order_items", *columns) == [
        ("i-1", "o-1", None, "p-1", 1, False),
        ("i-2", "o-1", None, "p-2", 2, False),
        ("i-3", "o-2", None, "p-3", 1, None),
        ("i-4", "o-3", 6, "p-1", 1, True),
        ("i-5", "o-4", 0, "p-3", 1, True),
    ]


def test_a_customer_has_one_pseudonym(own_files: OwnFiles) -> None:
    shop, _ = own_files
    seven, eight = pseudonym("u-7"), pseudonym("u-8")
    of_orders = dict(shop.delta_rows("orders", "order_id", "user_id"))
    assert of_orders == {"o-1": seven, "o-2": None, "o-3": seven, "o-4": eight}
    for _, order, user in shop.delta_rows("order_items", "id", "order_id", "user_id"):
        assert user == of_orders[order]


def test_every_row_tells_its_line(own_files: OwnFiles) -> None:
    shop, report = own_files
    assert shop.delta_rows("orders", "order_id", "_source_file", "_line", "_run_id") == [
        (f"o-{number}", "raw/orders/1.csv", number + 1, report["run_id"]) for number in (1, 2, 3, 4)
    ]


def test_an_invoice_is_an_order(invoices: Invoices) -> None:
    shop, _, _ = invoices
    assert shop.delta_rows("orders", "order_id", "user_id", "total_amount", "date") == [
        # 6 * 2.55 + 6 * 3.39
        ("700001", pseudonym("20001"), Decimal("35.640"), date(2011, 6, 1)),
        # 2 * 1.85, twice
        ("700002", None, Decimal("7.400"), date(2011, 6, 1)),
        ("700003", pseudonym("20002"), Decimal("4.001"), date(2011, 12, 1)),
    ]
    # London's clock is an hour ahead in June.
    assert seconds("orders", "order_id", shop) == [
        ("700001", utc("2011-06-01T07:26").timestamp()),
        ("700002", utc("2011-06-01T07:28").timestamp()),
        ("700003", utc("2011-12-01T09:00").timestamp()),
    ]


def test_a_stock_code_is_a_product_named_by_its_last_sale(invoices: Invoices) -> None:
    shop, _, _ = invoices
    columns = ["product_id", "product_name", "department", "unix_timestamp(updated_at)"]
    assert shop.delta_rows("products", *columns) == [
        ("10001A", "TEAPOT BLUE", None, utc("2011-06-01T07:26").timestamp()),
        ("10002", "RED MUG LARGE", None, utc("2011-12-01T09:00").timestamp()),
        ("10003", "EGG CUP", None, utc("2011-06-01T07:28").timestamp()),
    ]


def test_a_line_is_an_item_whose_id_is_a_hash_of_it(invoices: Invoices) -> None:
    shop, first, _ = invoices
    lines = [
        # what the line says, which time it says so, and its place in the basket
        ("700001|10001a|TEAPOT  BLUE|6|2011-06-01 08:26:00|2.55|20001.0|United Kingdom", 1, 1),
        ("700001|10002|RED MUG|6|2011-06-01 08:26:00|3.39|20001.0|United Kingdom", 1, 2),
        ("700002|10003|EGG CUP|2|2011-06-01 08:28:00|1.85||United Kingdom", 1, 1),
        ("700002|10003|EGG CUP|2|2011-06-01 08:28:00|1.85||United Kingdom", 2, 2),
        ("700003|10002|RED MUG LARGE|1|2011-12-01 09:00:00|4.001|20002|France", 1, 1),
    ]
    expected = [
        (hashlib.sha256(f"{line}|{time}".encode()).hexdigest(), line[:6], place)
        for line, time, place in lines
    ]
    # The ids are those of the first run still, although the file came again under another name.
    assert shop.delta_rows("order_items", "id", "order_id", "add_to_cart_order") == sorted(expected)
    assert {run for (run,) in shop.delta_rows("order_items", "_run_id")} == {first["run_id"]}
