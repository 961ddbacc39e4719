"""Passes the column `_source` through a statement, so that each row tells which line it came from."""

import re

_TOKENS = re.compile(
    r"""--[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`|\w+|\s+|.""", re.DOTALL
)

_READ_FROM = {"AS", "FROM", "JOIN", ","}
"""What comes before the bracket of a sub-query that rows are read from, and not a single value."""


def with_source(sql: str) -> str:
    """The statement with `_source` in every SELECT that rows come through; as it is when it speaks of it."""
    tokens = _TOKENS.findall(sql)
    if "_source" in tokens:
        return sql
    passing = [True]
    before = ""
    written = []
    selecting = False
    for token in tokens:
        word = token.upper()
        silent = token.isspace() or token.startswith(("--", "/*"))
        if selecting and not silent:
            # DISTINCT stands first.
            written.append(f"{token} _source," if word in ("DISTINCT", "ALL") else f"_source, {token}")
            selecting = False
        else:
            written.append(token)
        if word == "SELECT":
            selecting = passing[-1]
        elif token == "(":
            passing.append(passing[-1] and before in _READ_FROM)
        elif token == ")":
            passing.pop()
        if not silent:
            before = word
    return "".join(written)
