"""The records of a JSON text, however its bytes come. Without Spark."""

import json
import tracemalloc
from collections.abc import Iterator

import pytest
from penstock_runtime.arrival import LONGEST_LINE
from penstock_runtime.json_list import UnreadableJsonError
from penstock_runtime.json_records import Record, record, records_in

_ENDS = "; in a list what comes after it can't be told apart: mend it and send the file again"


def _records(text: bytes, size: int = 1 << 20) -> list[Record]:
    return list(records_in(text[at : at + size] for at in range(0, len(text), size)))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1 << 20])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"", []),
        (b" \r\n\n", []),
        (b"[]", []),
        (b"\xef\xbb\xbf [ \n ] \n", []),
        (b'[{"a":1},{"a":2},\n{"a":3}]', [(1, "1"), (2, "2"), (3, "3")]),
        (b'[\r\n  {"a":1},\r\n {\r\n  "a":2\r\n  },\r\n  {"a":3}\r\n]\r\n', [(2, "1"), (3, "2"), (6, "3")]),
        (b'[\r{"a":1},\r{"a":2}]', [(2, "1"), (3, "2")]),
        (b'{"a":1}\n\n  \n{"a":2}\r\n{"a":3}', [(1, "1"), (4, "2"), (5, "3")]),
        (b'\xef\xbb\xbf\n{"a":1}\r{"a":2}\r\n', [(2, "1"), (3, "2")]),
        ('[{"a":"żółć ☕ 😀"}]'.encode(), [(1, "żółć ☕ 😀")]),
    ],
)  # fmt: skip
def test_records_and_the_lines_they_begin_on(text: bytes, found: list[tuple[int, str]], size: int) -> None:
    assert [(each.line, each.fields["a"]) for each in _records(text, size)] == found


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("12.3450", "12.3450"),
        ("-0.0", "-0.0"),
        ("1e400", "1e400"),
        ("1E-7", "1E-7"),
        ("123456789012345678901234567890.10", "123456789012345678901234567890.10"),
        ("NaN", "NaN"),
        ("-Infinity", "-Infinity"),
        ('"12.5"', "12.5"),
        (r'"a\n\"b\"\u0141"', 'a\n"b"Ł'),
        ("true", "true"),
        ("false", "false"),
        ("null", None),
        ('""', None),
        ('{"b": [1.50, "2", null, true], "c": {}}', '{"b":[1.50,"2",null,true],"c":{}}'),
        ("[]", "[]"),
    ],
)
def test_a_value_is_its_text(value: str, text: str | None) -> None:
    for whole in (f'{{"a": {value}}}', f'[{{"a": {value}}}]'):
        [found] = _records(whole.encode())
        assert (found.problem, found.fields.get("a")) == (None, text)
        assert found.raw == f'{{"a": {value}}}'
        assert record(found.raw, found.line) == found


def test_a_name_given_twice_with_different_values_is_told() -> None:
    [found] = _records(b'{"a":1,"b":2,"a":3,"b":2,"c":1.0,"c":1,"d":1,"d":"1"}')
    assert found.twice == {"a", "c", "d"}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"{", "not JSON"),
        (b'{"a":1}}', "not JSON"),
        (b'{"a":1}{"a":2}', "not JSON"),
        (b"{'a':1}", "not JSON"),
        (b'{"a":1,}', "not JSON"),
        (b'{"a":"\t"}', "not JSON"),
        (b"id,kind", "not JSON"),
        (b'{"a":' + b"[" * 200_000, "not JSON"),
        (b"12", "not a JSON object"),
        (b'"a"', "not a JSON object"),
        (b'{"a":"Andr\xe9"}', "invalid UTF-8"),
        (rb'{"a":"\ud800"}', "invalid UTF-8"),
        (rb'{"a":"\u0000"}', "NUL byte"),
        (b'{"a":"\x00"}', "NUL byte"),
        (b'{"a":"' + b"x" * (3 * LONGEST_LINE) + b'"}', f"longer than {LONGEST_LINE} bytes"),
        (b'{"a":"' + "ż".encode() * LONGEST_LINE + b'"}', f"longer than {LONGEST_LINE} bytes"),
    ],
)
def test_a_line_that_is_no_record_costs_itself_alone(line: bytes, problem: str) -> None:
    before, found, after = _records(b'{"a":1}\n' + line + b'\n{"a":2}\n')
    assert (before.fields, after.fields, after.line) == ({"a": "1"}, {"a": "2"}, 3)
    assert (found.line, found.problem, found.fields) == (2, problem, {})
    assert len(found.raw) <= LONGEST_LINE


@pytest.mark.parametrize(
    ("element", "problem"),
    [
        (b"12", "not a JSON object"),
        (b"[1]", "not a JSON object"),
        (b"null", "not a JSON object"),
        (b'{"a":"\x00"}', "NUL byte"),
        (b'{"a":"\n"}', "not JSON"),
        (b'{"a":"Andr\xe9"}', "invalid UTF-8"),
        (rb'{"a":"\udc80"}', "invalid UTF-8"),
    ],
)
def test_a_record_of_a_list_that_is_no_row_costs_itself_alone(element: bytes, problem: str) -> None:
    before, found, after = _records(b'[{"a":1},' + element + b',{"a":2}]')
    assert (before.fields, found.problem, after.fields) == ({"a": "1"}, problem, {"a": "2"})
    assert found.raw == element.decode(errors="replace")


@pytest.mark.parametrize("size", [1, 5, 1 << 20])
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b'[{"a":1},\n{"a":', "truncated JSON: the list that begins in line 1 has no end; send it again"),
        (b'\n[{"a":1}', "truncated JSON: the list that begins in line 2 has no end; send it again"),
        (b'[{"a":1},{"a":"x', "truncated JSON: the list that begins in line 1 has no end; send it again"),
        (b'[{"a":1},{"a":tr', "truncated JSON: the list that begins in line 1 has no end; send it again"),
        (b"[", "truncated JSON: the list that begins in line 1 has no end; send it again"),
        (b'[{"a":1},\n{"a":}]', "not JSON in line 2: expecting value" + _ENDS),
        (b'[{"a":1},\n\n{"a"\n 1}]', "not JSON in line 4: expecting ':' delimiter" + _ENDS),
        (b'[{"a":1}\n{"a":2}]', "not JSON in line 2: no comma between two records" + _ENDS),
        (b'[{"a":1},\n]', "not JSON in line 2: a comma before the list's end" + _ENDS),
        (b'[{"a":1}]\n[{"a":2}]', "not JSON in line 2: something comes after the list's end" + _ENDS),
        (b"[;]", "not JSON in line 1: expecting value" + _ENDS),
        (b"[" * 100_000, "not JSON in line 1: nested too deep" + _ENDS),
    ],
    ids=range(12),
)
def test_a_list_that_is_broken_is_given_up(text: bytes, message: str, size: int) -> None:
    if len(text) > 1000 and size < 1000:
        pytest.skip("takes minutes")
    with pytest.raises(UnreadableJsonError) as raised:
        _records(text, size)
    assert str(raised.value) == message


def test_a_record_without_an_end_is_given_up() -> None:
    with pytest.raises(UnreadableJsonError, match=r"^a record longer than 1048576 bytes begins in line 2: "):
        _records(b'[{"a":1},\n{"a":"' + b"x" * (3 * LONGEST_LINE) + b'"}]')


@pytest.mark.parametrize("is_list", [True, False])
def test_it_takes_no_more_memory_for_a_larger_file(is_list: bool) -> None:
    one = json.dumps({"a": "x" * 1000, "b": 12.5}).encode()

    def chunks() -> Iterator[bytes]:
        yield b"[" + one if is_list else one
        for _ in range(64):
            yield ((b"," if is_list else b"\n") + one) * 1000
        yield b"]" if is_list else b"\n"

    tracemalloc.start()
    try:
        assert sum(1 for _ in records_in(chunks())) == 64_001
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()
