"""Which source profile a file is of, by the names in its header.

What is said of a header that is of none never quotes it, since a file that lacks one begins with data: it
names what a profile has, counts the rest, and quotes only what is a profile's name but for a slip.
"""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from .contract import Profile

SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
"""What else than commas is used, and what it is called."""

_SHOWN = 8
"""How many names a message lists; a header may have thousands."""


class UnknownHeaderError(Exception):
    """No profile has this header; the message names the nearest and what differs."""


def profile_of(header: Sequence[str], profiles: Sequence[Profile]) -> Profile:
    """The profile with exactly these columns, in any order, whatever their case and the blanks around them.

    Raises:
        UnknownHeaderError: when there is none
    """
    if not profiles:
        raise UnknownHeaderError("it is no JSON by its name, and only JSON is known here")
    names = _placed(header)
    for profile in profiles:
        if len(names) == len(profile.header) and set(names) == _names(profile):
            return profile
    raise UnknownHeaderError(
        _separated(header, profiles) or _twice(names, profiles) or _difference(header, profiles)
    )


def misplaced(
    path: str, profile: Profile, profiles: Sequence[Profile], what: str = "its header is that"
) -> str | None:
    """Why a file of a profile can't lie where it does: in the folder of another. None when it can.

    `path` is the file's key below the trigger's prefix.
    """
    folders = {each.folder for each in profiles if each.folder is not None and path.startswith(each.folder)}
    found = max(folders, key=len, default=None)
    if profile.folder is None or found is None or found == profile.folder:
        return None
    return f"{what} of {profile.name}, and it lies under {found}; move it to {profile.folder}"


def in_file_order(header: Sequence[str], profile: Profile) -> tuple[str, ...]:
    """The profile's own names for the file's columns, in the file's order."""
    own = {normal(name): name for name in profile.header}
    return tuple(own[name] for name in _placed(header))


def _placed(header: Sequence[str]) -> list[str]:
    """The names as they are compared; a column without one is known by its place, such as `_1`."""
    return [normal(name) or f"_{place}" for place, name in enumerate(header, start=1)]


def normal(name: str) -> str:
    return " ".join(name.removeprefix("\ufeff").casefold().split())


def separated_by(word: str) -> str:
    return f"its columns are separated by {word}; save it with commas"


def _names(profile: Profile) -> set[str]:
    return {normal(name) for name in profile.header}


def _known(profiles: Sequence[Profile]) -> dict[str, str]:
    """Every profile's names as it writes them, by their normal form."""
    return {normal(name): name for profile in reversed(profiles) for name in profile.header}


def _separated(header: Sequence[str], profiles: Sequence[Profile]) -> str | None:
    known = _known(profiles)

    def familiar(names: Iterable[str]) -> int:
        return len({normal(name) for name in names} & known.keys())

    for separator, word in SEPARATORS.items():
        # A name may have a comma in it.
        parts = ",".join(header).split(separator)
        if len(parts) > 1 and (len(header) == 1 or familiar(parts) > familiar(header)):
            return separated_by(word)
    return None


def _twice(names: Sequence[str], profiles: Sequence[Profile]) -> str | None:
    known = _known(profiles)
    twice = [name for name, times in Counter(names).items() if name and times > 1]
    if not twice or not known.keys() & set(names):
        return None
    familiar = [known[name] for name in twice if name in known]
    others = len(twice) - len(familiar)
    parts = [
        *([listed(familiar)] if familiar else []),
        *([_counted(others, "other name")] if others else []),
    ]
    return f"{' and '.join(parts)} more than once in its header"


def _difference(header: Sequence[str], profiles: Sequence[Profile]) -> str:
    found = {normal(name): name.strip() for name in header}
    nearest = max(profiles, key=lambda each: (_likeness(found.keys(), each), len(each.header) == len(header)))
    if not found.keys() & _known(profiles).keys():
        return (
            "no name in its first line is known; a file begins with its header, "
            f"such as that of {nearest.name}: {listed(nearest.header)}"
        )
    missing = [name for name in nearest.header if normal(name) not in found]
    extra = [name for key, name in found.items() if key and key not in _names(nearest)]
    nameless = sum(not normal(name) for name in header)
    parts = [
        *([f"missing {listed(missing)}"] if missing else []),
        *_extra(extra, is_header=2 * (len(nearest.header) - len(missing)) >= len(nearest.header)),
        *([f"{_counted(nameless, 'column')} without a name"] if nameless else []),
        *_slips(missing, extra),
    ]
    return f"no profile has its header; the nearest is {nearest.name}: {'; '.join(parts)}"


def _extra(names: Sequence[str], is_header: bool) -> list[str]:
    """Names are told of what is a header for certain; what only has a word of one may be a row of data."""
    if not names:
        return []
    return (
        [f"extra {listed([name[:60] for name in names])}"]
        if is_header
        else [_counted(len(names), "extra column")]
    )


def _likeness(found: Iterable[str], profile: Profile) -> float:
    names, wanted = set(found), _names(profile)
    return len(names & wanted) / len(names | wanted)


def _slips(missing: Sequence[str], extra: Sequence[str]) -> Iterable[str]:
    """A missing name that was probably just spelt otherwise."""
    for name in missing[:_SHOWN]:
        # What else has digits or signs in it is more likely a value.
        signs = set(re.sub(r"[^\W\d_]|[ _-]", "", name))
        spelt = [each for each in extra[:100] if set(re.sub(r"[^\W\d_]|[ _-]", "", each)) <= signs]
        for found in difflib.get_close_matches(name, spelt, n=1, cutoff=0.7):
            yield f'is "{found}" meant to be "{name}"?'


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def listed(names: Sequence[str]) -> str:
    shown = ", ".join(f'"{name}"' for name in names[:_SHOWN])
    more = len(names) - _SHOWN
    return shown + (f" and {more} more" if more > 0 else "")
