"""Which encoding a text file has."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_CHUNK_BYTES: Final = 1 << 20
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def detect_encoding(path: Path) -> str:
    """The codec of the whole file: by its byte order mark, else UTF-8 or GB18030 if it fits, else Latin-1.

    GB18030 contains GBK and GB2312. Many Latin-1 texts fit it too, but read as characters that nobody uses.
    """
    with path.open("rb") as file:
        head = file.read(4)
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec
    if _fits(path, "utf-8"):
        return "utf-8"
    return "gb18030" if _fits(path, "gb18030") and _is_common_chinese(path) else "latin-1"


def codec_of(declared: str, path: Path) -> str:
    """The codec for a mapping's `encoding`; a byte order mark is never part of the text."""
    if declared == "auto":
        return detect_encoding(path)
    return {"utf-8": "utf-8-sig", "gbk": "gb18030"}.get(declared, declared)


def _fits(path: Path, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_common_chinese(path: Path) -> bool:
    """Whether most of the characters beyond ASCII are among the 6 763 of GB2312."""
    decoder = codecs.getincrementaldecoder("gb18030")()
    all_of_them = common = 0
    for chunk in _chunks(path):
        letters = [letter for letter in decoder.decode(chunk) if letter > "\x7f"]
        all_of_them += len(letters)
        common += len("".join(letters).encode("gb2312", "ignore")) // 2
    return common * 2 > all_of_them


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk
