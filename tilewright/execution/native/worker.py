"""The process that a kernel runs in: `python worker.py LIBRARY ENTRY FOLDER BLOCKS`.

It maps the file `arrays` of the folder, whose parts and numbers `slots` lists, calls the kernel, and writes its
message to `message` when the kernel gives one. The status is what the kernel returned. Only the standard library is
needed, so that it starts fast.
"""

from __future__ import annotations

import ctypes
import mmap
import sys
from pathlib import Path

MESSAGE_BYTES = 4096


def main(library: str, entry: str, folder: str, blocks: str) -> int:
    """Call the kernel.

    Each line of `slots` is `array OFFSET BYTES` or `number BITS`.
    """
    lines = [line.split() for line in Path(folder, "slots").read_text().splitlines()]
    with Path(folder, "arrays").open("r+b") as file, mmap.mmap(file.fileno(), 0) as memory:
        base = ctypes.c_char.from_buffer(memory)
        start = ctypes.addressof(base)
        slots = [start + int(line[1]) if line[0] == "array" else int(line[1]) for line in lines]
        sizes = [int(line[2]) if line[0] == "array" else 0 for line in lines]
        words = ctypes.c_uint64 * max(1, len(lines))
        message = ctypes.create_string_buffer(MESSAGE_BYTES)
        function = ctypes.CDLL(library)[entry]
        room = ctypes.c_uint64(MESSAGE_BYTES)
        status = function(words(*slots), words(*sizes), len(lines), int(blocks), message, room)
        del base  # the map cannot close while somebody looks at it
    if status:
        Path(folder, "message").write_bytes(message.value)
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
