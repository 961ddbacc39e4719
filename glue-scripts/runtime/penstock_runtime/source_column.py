"""Passes the column `_source` through a statement, so that each row tells which line it came from."""

from .sql_tokens import is_silent, tokens

_READ_FROM = {"AS", "FROM", "JOIN", ","}
"""What comes before the bracket of a sub-query that rows are read from, and not a single value."""


def with_source(sql: str) -> str:
    """The statement with `_source` in every SELECT that rows come through; as it is when it speaks of it."""
    found = tokens(sql)
    if "_source" in found:
        return sql
    passing = [True]
    before = ""
    written = []
    selecting = False
    for token in found:
        word = token.upper()
        silent = is_silent(token)
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
