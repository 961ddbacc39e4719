"""Which profile a header is of, and what is said of one that is of none. Without Spark."""

import pytest
from penstock_runtime.header import UnknownHeaderError, in_file_order, profile_of
from small_job import PROFILES

NO_PROFILE = "no profile has its header; the nearest is"
UNKNOWN = "no name in its first line is known; a file begins with its header, such as that of"
SEMICOLONS = "its columns are separated by semicolons; save it with commas"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (["id", "kind", "amount", "seen", "version", "person"], "plain"),
        (["\ufeffID", " Kind ", "AMOUNT", "seen", "Version", "person"], "plain"),
        (["person", "version", "seen", "amount", "kind", "id"], "plain"),
        (["long  name", "PLACE"], "of-places"),
    ],
)
def test_case_order_and_blanks_do_not_matter(header: list[str], name: str) -> None:
    assert profile_of(header, PROFILES).name == name


def test_columns_keep_the_files_order_and_get_the_profiles_names() -> None:
    header = ["LONG NAME", "place"]
    assert in_file_order(header, profile_of(header, PROFILES)) == ("Long Name", "Place")


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (
            ["id", "kind", "amont", "seen", "version", "person"],
            f'{NO_PROFILE} plain: missing "amount"; extra "amont"; is "amont" meant to be "amount"?',
        ),
        (["Place", "Long Name", "Colour"], f'{NO_PROFILE} of-places: extra "Colour"'),
        (["place", "Colour", "Size"], f'{NO_PROFILE} of-places: missing "Long Name"; extra "Colour", "Size"'),
        (["place"], f'{NO_PROFILE} of-places: missing "Long Name"'),
        (["Place", "Long Name", ""], f"{NO_PROFILE} of-places: 1 column without a name"),
        (["Place", "", " "], f'{NO_PROFILE} of-places: missing "Long Name"; 2 columns without a name'),
        (["id", "ID ", "kind"], '"id" more than once in its header'),
        (["id", "ID ", "size", "size"], '"id" and 1 other name more than once in its header'),
        (["id", "a", "a", "b", "b"], "2 other names more than once in its header"),
        (["Place;Long Name"], SEMICOLONS),
        (["what;else"], SEMICOLONS),
        (["Place;Long Name;Height", " in metres"], SEMICOLONS),
        (["sep=;"], SEMICOLONS),
        (["Place\tLong Name"], "its columns are separated by tabs; save it with commas"),
        (["Place|Long Name"], "its columns are separated by bars; save it with commas"),
    ],
)
def test_the_reason_names_the_nearest_profile_and_what_differs(header: list[str], reason: str) -> None:
    with pytest.raises(UnknownHeaderError) as raised:
        profile_of(header, PROFILES)
    assert str(raised.value) == reason


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        # As many fields as a profile has columns.
        (["r-1", "solid", "1.50", "2026-01-01", "1", "driver-4711@example.org"], f'{UNKNOWN} plain: "id", '),
        (["ann", "ann", "ann"], f"{UNKNOWN} "),
        (["Leeds", "Leeds, Market Street"], f'{UNKNOWN} of-places: "Place", "Long Name"'),
        (["4711;ann"], SEMICOLONS),
        # A word of a header, and perhaps a row after all.
        (
            ["id", "acme", "1.50", "2026-01-01", "person_7"],
            f'{NO_PROFILE} plain: missing "kind", "amount", "seen", "version", "person"; 4 extra columns',
        ),
    ],
)
def test_a_first_line_that_may_be_data_is_not_quoted(row: list[str], reason: str) -> None:
    with pytest.raises(UnknownHeaderError) as raised:
        profile_of(row, PROFILES)
    assert str(raised.value).startswith(reason)
    assert not [field for field in row if field not in ("id", "kind") and field in str(raised.value)]


def test_a_header_of_5000_columns_is_told_in_a_line() -> None:
    with pytest.raises(UnknownHeaderError) as raised:
        profile_of(["id", *[f"column_{number}" for number in range(4999)]], PROFILES)
    assert str(raised.value) == (
        f'{NO_PROFILE} plain: missing "kind", "amount", "seen", "version", "person"; 4999 extra columns'
    )
