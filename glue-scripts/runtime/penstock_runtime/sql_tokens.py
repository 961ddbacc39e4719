"""The words, strings, comments and signs that a statement in Spark SQL is made of."""

import re

_TOKENS = re.compile(
    r"""--[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`|\w+|\s+|.""", re.DOTALL
)


def tokens(sql: str) -> list[str]:
    """In order, blanks too; together they are the statement."""
    return _TOKENS.findall(sql)


def is_silent(token: str) -> bool:
    """Whether it says nothing: blanks and comments."""
    return token.isspace() or token.startswith(("--", "/*"))
