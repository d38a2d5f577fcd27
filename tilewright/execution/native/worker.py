"""The process that a kernel runs in: `python worker.py LIBRARY ENTRY FOLDER BLOCKS`.

It gives the kernel the arrays in the file `arrays` of the folder, whose parts and numbers `slots` lists, and writes
them back when the kernel has succeeded. The file `message` gets what the kernel did wrong, also when that ends the
process. Only the standard library is needed, so that it starts fast.
"""

from __future__ import annotations

import ctypes
import mmap
import sys
from collections.abc import Sequence
from pathlib import Path

MESSAGE_BYTES = 4096
"""Room for a message; what is left of it is zeros."""

_GUARD = 1 << 24
"""Bytes without access before and after each array."""

_ALIGNMENT = 32
"""Arrays start at multiples of this many bytes."""

_PATTERN = b"\xa5"
"""Stands in the rest of an array's pages."""


class Memory:
    """Arrays, each right before bytes that nobody may touch.

    Args:
        sizes: of the arrays, in bytes.
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        pages = [_up(size + 1, mmap.PAGESIZE) for size in sizes]
        total = _GUARD + sum(page + _GUARD for page in pages)
        self._map = mmap.mmap(-1, total, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        at = ctypes.addressof(ctypes.c_char.from_buffer(self._map))
        _close(at)
        at += _GUARD
        self._rests: list[tuple[int, int]] = []
        self.starts: list[int] = []
        for size, room in zip(sizes, pages, strict=True):
            start = at + room - _up(size, _ALIGNMENT)
            ctypes.memset(at, _PATTERN[0], room)
            self._rests.append((at, start - at))
            self._rests.append((start + size, at + room - start - size))
            self.starts.append(start)
            _close(at + room)
            at += room + _GUARD

    def spoiled(self) -> int | None:
        """Give the first array that was written outside of, as its position."""
        for position, (start, size) in enumerate(self._rests):
            if ctypes.string_at(start, size) != size * _PATTERN:
                return position // 2
        return None


def main(library: str, entry: str, folder: str, blocks: str) -> int:
    """Call the kernel.

    Each line of `slots` is `array OFFSET BYTES` or `number BITS`.
    """
    lines = [line.split() for line in Path(folder, "slots").read_text().splitlines()]
    sizes = [int(line[2]) if line[0] == "array" else 0 for line in lines]
    memory = Memory(sizes)
    data = bytearray(Path(folder, "arrays").read_bytes())
    for line, start, size in zip(lines, memory.starts, sizes, strict=True):
        ctypes.memmove(start, bytes(data[int(line[1]) : int(line[1]) + size]) if size else b"", size)
    slots = [start if line[0] == "array" else int(line[1]) for line, start in zip(lines, memory.starts, strict=True)]
    words = ctypes.c_uint64 * max(1, len(lines))
    with Path(folder, "message").open("r+b") as file, mmap.mmap(file.fileno(), MESSAGE_BYTES) as shared:
        message = (ctypes.c_char * MESSAGE_BYTES).from_buffer(shared)
        function = ctypes.CDLL(library)[entry]
        room = ctypes.c_uint64(MESSAGE_BYTES)
        status: int = function(words(*slots), words(*sizes), len(lines), int(blocks), message, room)
        spoiled = memory.spoiled()
        if not status and spoiled is not None:
            message.value = f"TW0410\n0\nthe kernel has written an element outside of argument {spoiled}".encode()
            status = 1
        del message  # the map cannot close while somebody looks at it
    if not status:
        for line, start, size in zip(lines, memory.starts, sizes, strict=True):
            if size:
                data[int(line[1]) : int(line[1]) + size] = ctypes.string_at(start, size)
        Path(folder, "arrays").write_bytes(data)
    return status


def _up(number: int, step: int) -> int:
    return -(-number // step) * step


def _close(start: int) -> None:
    """Let nobody read or write a guard."""
    process = ctypes.CDLL(None, use_errno=True)
    if process.mprotect(ctypes.c_void_p(start), ctypes.c_size_t(_GUARD), 0):
        raise OSError(ctypes.get_errno(), "mprotect")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
