"""The three tables are what the contract says, and what Athena can read."""

from typing import Any

import pytest
from lake import Lake

# type, and whether it may be empty
_LINEAGE = {
    "_run_id": ("string", True),
    "_source_file": ("string", True),
    "_line": ("bigint", True),
    "_modified": ("timestamp", True),
    "_row_hash": ("bigint", True),
}
COLUMNS = {
    "products": {
        "product_id": ("string", False),
        "department_id": ("string", True),
        "department": ("string", True),
        "product_name": ("string", True),
        "updated_at": ("timestamp", True),
    },
    "orders": {
        "order_id": ("string", False),
        "order_num": ("int", True),
        "user_id": ("string", True),
        "order_timestamp": ("timestamp", False),
        "total_amount": ("decimal(14,3)", False),
        "date": ("date", False),
    },
    "order_items": {
        "id": ("string", False),
        "order_id": ("string", False),
        "user_id": ("string", True),
        "days_since_prior_order": ("int", True),
        "product_id": ("string", False),
        "add_to_cart_order": ("int", False),
        "reordered": ("boolean", True),
        "order_timestamp": ("timestamp", False),
        "date": ("date", False),
    },
}
PARTITIONS = {"products": [], "orders": ["date"], "order_items": ["date"]}
DATASETS = sorted(COLUMNS)

OwnFiles = tuple[Lake, dict[str, Any]]


@pytest.mark.parametrize("dataset", DATASETS)
def test_columns_types_and_what_may_be_empty(own_files: OwnFiles, dataset: str) -> None:
    shop, _ = own_files
    schema = shop.spark.table(shop.delta(dataset)).schema
    found = {field.name: (field.dataType.simpleString(), field.nullable) for field in schema.fields}
    assert found == COLUMNS[dataset] | _LINEAGE
    assert list(found) == [*COLUMNS[dataset], *_LINEAGE]


@pytest.mark.parametrize("dataset", DATASETS)
def test_athena_can_read_it(own_files: OwnFiles, dataset: str) -> None:
    shop, _ = own_files
    detail = shop.spark.sql(f"DESCRIBE DETAIL {shop.delta(dataset)}").collect()[0]
    assert detail["format"] == "delta"
    # Reader version 1 knows neither deletion vectors nor column mapping.
    assert (detail["minReaderVersion"], detail["minWriterVersion"]) == (1, 2)
    assert detail["properties"]["delta.enableDeletionVectors"] == "false"
    assert detail["partitionColumns"] == PARTITIONS[dataset]


def test_a_day_is_a_folder(own_files: OwnFiles) -> None:
    shop, _ = own_files
    days = ["2026-03-02", "2026-03-08", "2026-03-29"]
    for dataset in ("orders", "order_items"):
        folder = shop.folder / "warehouse" / shop.database / dataset
        assert sorted(path.name for path in folder.glob("date=*")) == [f"date={day}" for day in days]
