"""Split an input file into parts that are compiled on their own."""

from __future__ import annotations

from dataclasses import dataclass

SEPARATOR = b"// -----"


@dataclass(frozen=True)
class Chunk:
    """A part of a file: its bytes and the number of its first line in the file."""

    data: bytes
    first_line: int


def whole(data: bytes) -> tuple[Chunk, ...]:
    """Give the file as one part."""
    return (Chunk(data, 1),)


def split(data: bytes) -> tuple[Chunk, ...]:
    """Split a file at the lines that begin with `// -----`; those belong to no part."""
    chunks: list[Chunk] = []
    lines: list[bytes] = []
    first_line = 1
    for number, line in enumerate(data.splitlines(keepends=True), start=1):
        if line.startswith(SEPARATOR):
            chunks.append(Chunk(b"".join(lines), first_line))
            lines, first_line = [], number + 1
        else:
            lines.append(line)
    return (*chunks, Chunk(b"".join(lines), first_line))
