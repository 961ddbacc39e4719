"""Which source profile a file is of, by the names in its header."""

import difflib
from collections import Counter
from collections.abc import Iterable, Sequence

from .contract import Profile

_SHOWN = 8
"""How many names a message lists; a header may have thousands."""


class UnknownHeaderError(Exception):
    """No profile has this header; the message names the nearest and what differs."""


def profile_of(header: Sequence[str], profiles: Sequence[Profile]) -> Profile:
    """The profile with exactly these columns, in any order, whatever their case and the blanks around them.

    Raises:
        UnknownHeaderError: when there is none
    """
    names = [normal(name) for name in header]
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise UnknownHeaderError(f"{_listed(twice)} more than once in its header")
    for profile in profiles:
        if set(names) == {normal(name) for name in profile.header}:
            return profile
    raise UnknownHeaderError(_difference(header, profiles))


def in_file_order(header: Sequence[str], profile: Profile) -> tuple[str, ...]:
    """The profile's own names for the file's columns, in the file's order."""
    own = {normal(name): name for name in profile.header}
    return tuple(own[normal(name)] for name in header)


def normal(name: str) -> str:
    return " ".join(name.removeprefix("\ufeff").casefold().split())


def _difference(header: Sequence[str], profiles: Sequence[Profile]) -> str:
    for delimiter, word in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        parts = header[0].split(delimiter) if len(header) == 1 else []
        if len(parts) > 1:
            return f"its columns are separated by {word}; save it with commas"
    names = {normal(name): name.strip() for name in header}
    nearest = max(profiles, key=lambda profile: _likeness(set(names), profile))
    wanted = {normal(name): name for name in nearest.header}
    missing = [name for key, name in wanted.items() if key not in names]
    extra = [name for key, name in names.items() if key not in wanted]
    parts = [
        f"no profile has its header; the nearest is {nearest.name}",
        *([f"missing {_listed(missing)}"] if missing else []),
        *([f"extra {_listed(extra)}"] if extra else []),
        *_slips(missing, extra),
    ]
    return ", ".join(parts[:1]) + ": " + "; ".join(parts[1:])


def _likeness(names: set[str], profile: Profile) -> float:
    wanted = {normal(name) for name in profile.header}
    return len(names & wanted) / len(names | wanted)


def _slips(missing: Sequence[str], extra: Sequence[str]) -> Iterable[str]:
    """A missing name that was probably just spelt otherwise."""
    for name in missing[:_SHOWN]:
        for found in difflib.get_close_matches(name, extra[:100], n=1, cutoff=0.7):
            yield f'is "{found}" meant to be "{name}"?'


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f'"{name[:60]}"' for name in names[:_SHOWN])
    more = len(names) - _SHOWN
    return shown + (f" and {more} more" if more > 0 else "")
