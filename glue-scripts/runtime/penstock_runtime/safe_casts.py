"""Makes what a profile casts with give NULL where Spark's own throws, so that one cell doesn't end the job.

- To `try_cast` to decimal, `1e-999999999` is a number that it works out digit by digit, until memory or
  Java's arithmetic ends; a text of a million digits takes half a minute. It reads the digits of other
  scripts, too, which no other cast does. All of these are unparsable here.
- `try_to_timestamp` throws for years that a timestamp has no room for. `try_add` has that caught within it.
"""

from .sql_tokens import is_silent, tokens

_NO_NUMBER = r"'(?s)^.{401}|[eE][+-]?[0-9]{4}|\\P{ASCII}'"
"""Finds longer texts than 400, exponents of more than three digits, and letters beyond ASCII."""

_DECIMAL = ("DECIMAL", "DEC", "NUMERIC")


def with_safe_casts(sql: str) -> str:
    """The statement with every `try_cast(text AS decimal(…))` and `try_to_timestamp(…)` made safe."""
    written: list[str] = []
    brackets: list[tuple[str, int]] = []
    """Of each that is open, the word before it and where it stands."""
    before, at, said_as = "", 0, 0
    for token in tokens(sql):
        word = token.upper()
        if word == "(":
            if before == "TRY_TO_TIMESTAMP":
                written[at] = f"try_add({written[at]}"
            brackets.append((before, len(written)))
        elif word == ")" and brackets:
            function, _ = brackets.pop()
            if function == "TRY_TO_TIMESTAMP":
                token = "), INTERVAL '0' SECOND)"
        elif word == "AS":
            said_as = len(written)
        elif word in _DECIMAL and before == "AS" and brackets and brackets[-1][0] == "TRY_CAST":
            written[brackets[-1][1]] += "regexp_replace("
            # What is found becomes something that is in no number.
            written[said_as] = f", {_NO_NUMBER}, '!') {written[said_as]}"
        if not is_silent(token):
            before, at = word, len(written)
        written.append(token)
    return "".join(written)
