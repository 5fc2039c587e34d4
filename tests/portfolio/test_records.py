"""Is a CSV text cut into records the same way, fast or slow, and as the standard library does?"""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.portfolio.encodings import encoding_of
from matcher.portfolio.header_rows import find_header, unique
from matcher.portfolio.inputs import Detected
from matcher.portfolio.parts import LINE, Part
from matcher.portfolio.records import cells_of, has_regular_quotes, record_sizes, records
from matcher.portfolio.text_files import TextFile

WILD = st.text('ab;"\n\r é', max_size=60)
CELL = st.text('ab;"\n é', max_size=6)


def quoted(rows):
    """Rows whose cells are all between quotes."""
    double = [[cell.replace('"', '""') for cell in row] for row in rows]
    return "".join(";".join(f'"{cell}"' for cell in row) + "\n" for row in double)


TEXTS = st.one_of(WILD, st.lists(st.lists(CELL, min_size=3, max_size=3)).map(quoted))


@given(rows=st.lists(st.lists(CELL, min_size=2, max_size=3), max_size=6))
def test_records_are_those_of_the_standard_library(rows):
    stream = io.StringIO()
    csv.writer(stream, delimiter=";", lineterminator="\n").writerows(rows)
    found = records(iter(io.BytesIO(stream.getvalue().encode())), ";")
    cells = [cells_of(b"".join(record.lines).decode(), ";") for record in found]
    assert cells == rows


@given(text=WILD)
def test_every_line_is_in_one_record(text):
    data = text.encode()
    found = list(records(iter(io.BytesIO(data)), ";"))
    assert b"".join(line for record in found for line in record.lines) == data
    assert [record.line for record in found] == sorted({record.line for record in found})


@settings(max_examples=200)
@given(text=TEXTS)
def test_polars_reads_what_the_slow_reader_reads(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "fast.csv"
    path.write_bytes(text.encode())
    file = TextFile(path, Detected("csv", "utf-8", ";"), ("a", "b", "c"), 0, 1)
    fast = file._at_once(text.encode(), 1)
    slow = file._one_by_one(text.encode(), 1, rejects := [])
    if fast is not None:
        assert not rejects
        assert fast.select(LINE, "0", "1", "2").rows() == slow.rows()


@settings(max_examples=200)
@given(text=TEXTS)
def test_sizes_are_those_of_the_records(text):
    lines = [line + b"\n" for line in text.encode().split(b"\n")]
    found = [(sum(map(len, r.lines)), len(r.lines)) for r in records(iter(lines), ";")]
    assert list(record_sizes(iter(lines), ";")) == found


def test_quotes_that_readers_understand_differently():
    assert has_regular_quotes(b'"a";"b ""c"" d"\n"";x\n', ";")
    for text in (b'a"b;c\n', b'"a"b;c\n', b'""b;c\n', b'"a" ;b\n'):
        assert not has_regular_quotes(text, ";")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("é".encode() * 3, "utf-8"),
        ("é".encode("cp1252"), "windows-1252"),
        ("abc".encode("utf-16"), "utf-16"),
        (b"abc", "utf-8"),
        ("é".encode() * 10 + b"\xe9", "utf-8"),
    ],
)
def test_encodings(tmp_path, data, encoding):
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    assert encoding_of(path) == encoding


def test_headers_are_made_unique():
    assert unique(["a", "", "a", "colonne 2"], "colonne") == (
        "a",
        "colonne 2",
        "a (2)",
        "colonne 2 (2)",
    )


def test_the_header_is_the_row_with_most_known_names():
    rows = [["x", None], ["a", "z"], ["a", "b"], ["1", "2"]]
    header = find_header(rows, {"a", "b"}.__contains__)
    assert header is not None
    assert (header.first, header.last, header.names) == (2, 2, ("a", "b"))


def test_a_part_is_small_and_says_where_it_is():
    part = Part("00000", "x.csv", 0, 10, 1)
    assert repr(part) == "Part(id='00000', file='x.csv', start=0, end=10, line=1)"
