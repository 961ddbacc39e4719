"""Which profile a header is of, and what is said of one that is of none. Without Spark."""

import pytest
from penstock_runtime.header import UnknownHeaderError, in_file_order, profile_of
from small_job import PROFILES


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
            'no profile has its header; the nearest is plain: missing "amount"; extra "amont"; '
            'is "amont" meant to be "amount"?',
        ),
        (
            ["Place", "Long Name", "Colour"],
            'no profile has its header; the nearest is of-places: extra "Colour"',
        ),
        (["place"], 'no profile has its header; the nearest is of-places: missing "Long Name"'),
        (["id", "ID ", "kind"], '"id" more than once in its header'),
        (["Place;Long Name"], "its columns are separated by semicolons; save it with commas"),
    ],
)
def test_the_reason_names_the_nearest_profile_and_what_differs(header: list[str], reason: str) -> None:
    with pytest.raises(UnknownHeaderError) as raised:
        profile_of(header, PROFILES)
    assert str(raised.value) == reason
