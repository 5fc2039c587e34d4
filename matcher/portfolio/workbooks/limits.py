"""How much may reading a workbook cost?

Sizes are measured on what comes out while it comes out, never taken from what the file declares.
"""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1 << 20

# What Excel itself cannot exceed.
MOST_ROWS = 1_048_576
MOST_SHEET_COLUMNS = 16_384

# A token is a tag with its attributes, or a comment: what expat must hold whole to read it.
MOST_TOKEN = MEBIBYTE
MOST_DEPTH = 64
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused rather than read. The defaults suit one's own files on one's own machine."""

    file_bytes: int = 1024 * MEBIBYTE
    # One sheet, once unpacked: a million rows of thirty columns take about 1.2 GB of XML.
    sheet_bytes: int = 4096 * MEBIBYTE
    # The texts that cells share are the only part kept in memory: so many bytes to read them from,
    # so many characters kept, so many texts.
    strings_part_bytes: int = 1024 * MEBIBYTE
    string_bytes: int = 256 * MEBIBYTE
    strings: int = 10_000_000
    part_bytes: int = 64 * MEBIBYTE
    cells: int = 100_000_000
    # Real sheets unpack to 5 to 35 times their size; below `free_bytes` it takes seconds anyway.
    ratio: int = 50
    free_bytes: int = 16 * MEBIBYTE
    columns: int = 2_000
    # Excel stops at 32,767 characters; other programs go somewhat further.
    cell_characters: int = 100_000
    entries: int = 10_000
    directory_bytes: int = MEBIBYTE
    sheets: int = 1_000
    merged: int = 20_000
    filled_cells: int = 1_000_000


LIMITS = Limits()

# For a service that reads the files of strangers: at most about ten seconds of work for one file.
UPLOAD_LIMITS = Limits(
    file_bytes=20 * MEBIBYTE,
    sheet_bytes=96 * MEBIBYTE,
    strings_part_bytes=64 * MEBIBYTE,
    string_bytes=32 * MEBIBYTE,
    strings=1_000_000,
    part_bytes=16 * MEBIBYTE,
    cells=2_000_000,
    free_bytes=8 * MEBIBYTE,
    columns=500,
    merged=5_000,
    filled_cells=100_000,
)
