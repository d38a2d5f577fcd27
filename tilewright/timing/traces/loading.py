"""A JSON file, perhaps compressed, as a document; errors name the file and the place."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from pathlib import Path
from typing import NoReturn

from tilewright.dialects.diagnostics import SourceLocation, fail
from tilewright.lowering.files import read_input
from tilewright.timing.traces.decoding import Node

BYTES = 1 << 29  # a decode step of forty layers takes about a tenth of it
_GZIP = b"\x1f\x8b"


def load(path: str, limit: int = BYTES) -> Node:
    """Read a JSON file, compressed with gzip or not.

    Args:
        path: the file.
        limit: how many bytes it may have, unpacked.

    Raises:
        DiagnosticError: TW0004 when it cannot be read, TW0740 when it is no JSON, TW0743 when it is too large.
    """
    _check_size(path, limit)
    data = read_input(path)
    if data.startswith(_GZIP):
        data = _unpacked(data, path, limit)
    if not data.strip():
        _refuse(path, "the file is empty")
    try:
        # `NaN` and `Infinity` are no JSON, and no time either.
        return Node(json.loads(data, parse_constant=_refuse_constant), path)
    except json.JSONDecodeError as error:
        cut = error.msg.startswith("Unterminated") or not error.doc[error.pos :].strip()
        problem = "the file ends within a value" if cut else "no JSON"
        _refuse(path, f"{problem} (line {error.lineno}, column {error.colno}: {error.msg})")
    except UnicodeDecodeError as error:
        _refuse(path, f"no JSON: byte {error.start} is not UTF-8")
    except ValueError as error:
        _refuse(path, f"no JSON: {str(error).split(':')[0]}")
    except RecursionError:
        _refuse(path, "values are nested too deeply")


def _check_size(path: str, limit: int) -> None:
    try:
        size = Path(path).stat().st_size
    except (OSError, ValueError):
        return  # reading it says what is wrong
    if size > limit:
        _refuse_size(path, limit)


def _unpacked(data: bytes, path: str, limit: int) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            unpacked = stream.read(limit + 1)
    except EOFError:
        _refuse(path, "the compressed file is cut off")
    except (OSError, zlib.error):
        _refuse(path, "the compressed file is damaged")
    if len(unpacked) > limit:
        _refuse_size(path, limit)
    return unpacked


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _refuse(path: str, problem: str) -> NoReturn:
    fail("TW0740", f"no trace: {problem}", SourceLocation(path))


def _refuse_size(path: str, limit: int) -> NoReturn:
    fail(
        "TW0743",
        f"the trace has more than {limit >> 20} MiB",
        SourceLocation(path),
        help=("record fewer steps, or cut the trace into several files",),
    )
