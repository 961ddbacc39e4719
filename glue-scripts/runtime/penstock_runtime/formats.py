"""Which module a dataset's format is."""

from . import delta, iceberg
from .contract import Dataset
from .table_format import TableFormat

_FORMATS: dict[str, TableFormat] = {"iceberg": iceberg, "delta": delta}


def format_of(dataset: Dataset) -> TableFormat:
    return _FORMATS[dataset.format]
