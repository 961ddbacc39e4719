"""The generated job of this pipeline on an empty lake, and the runs that more than one module looks at."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from generated_job import generated_job
from lake import Lake

JOB = generated_job(Path(__file__).parents[1])


@pytest.fixture(scope="session")
def new_shop(new_lake: Callable[..., Lake]) -> Callable[[], Lake]:
    """Makes a lake without any products or orders."""
    return lambda: new_lake(JOB)


@pytest.fixture(scope="session")
def own_files(new_shop: Callable[[], Lake]) -> tuple[Lake, dict[str, Any]]:
    """One run of three files in the project's own formats: four orders, five items, three products."""
    shop = new_shop()
    report = shop.run(
        shop.put_rows(
            "products/1.csv",
            "products",
            "p-1,4,produce,Organic Bananas",
            'p-2,4,produce,"Bananas, Bag of Ten"',
            "p-3,,,",
        ),
        shop.put_rows(
            "orders/1.csv",
            "orders",
            "o-1,1,u-7,2026-03-02T09:15:00Z,12.40,2026-03-02",
            "o-2,1,,2026-03-02T23:59:59Z,3.5,2026-03-02",
            # half past midnight on the 9th, where the clock is two hours ahead
            "o-3,2,u-7,2026-03-09T00:30:00+02:00,0,2026-03-08",
            "o-4,,u-8,2026-03-29 00:30:00,1250.999,2026-03-29",
        ),
        shop.put_rows(
            "order_items/1.csv",
            "order-items",
            "i-1,o-1,u-7,,p-1,1,0,2026-03-02T09:15:00Z,2026-03-02",
            "i-2,o-1,u-7,,p-2,2,false,2026-03-02T09:15:00Z,2026-03-02",
            "i-3,o-2,,,p-3,1,,2026-03-02T23:59:59Z,2026-03-02",
            "i-4,o-3,u-7,6.0,p-1,1,1,2026-03-08T22:30:00Z,2026-03-08",
            "i-5,o-4,u-8,0,p-3,1,true,2026-03-29T00:30:00Z,2026-03-29",
        ),
        prefix="raw/",
    )
    assert report["outcome"] == "published"
    return shop, report


@pytest.fixture(scope="session")
def invoices(new_shop: Callable[[], Lake]) -> tuple[Lake, dict[str, Any], dict[str, Any]]:
    """Two runs of one file of the UCI shop; the second has it under another name, a month later."""
    shop = new_shop()
    lines = [
        "700001,10001a,TEAPOT  BLUE ,6,2011-06-01 08:26:00,2.55,20001.0,United Kingdom",
        "700001,10002,RED MUG,6,2011-06-01 08:26:00,3.39,20001.0,United Kingdom",
        # the same line twice, of a customer that nobody knows
        "700002,10003,EGG CUP,2,2011-06-01 08:28:00,1.85,,United Kingdom",
        "700002,10003,EGG CUP,2,2011-06-01 08:28:00,1.85,,United Kingdom",
        # in winter, when London has the time of UTC
        "700003,10002,RED MUG LARGE,1,2011-12-01 09:00:00,4.001,20002,France",
    ]
    first = shop.run(shop.put_rows("day.csv", "online-retail", *lines))
    later = "2026-02-01T00:00:00.000Z"
    second = shop.run(shop.put_rows("other-name.csv", "online-retail", *lines, modified=later))
    return shop, first, second
