"""Files that are read whole, and written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from tilewright.dialects.diagnostics import SourceLocation, fail


def read_input(path: str) -> bytes:
    """Read a file.

    Raises:
        DiagnosticError: TW0004 when it cannot be read.
    """
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        fail("TW0004", f"cannot read the input: {_reason(error)}", SourceLocation(path))


def check_writable(path: str) -> None:
    """Find out before the work starts whether its result can be written.

    Raises:
        DiagnosticError: TW0005 when it cannot.
    """
    target = Path(path)
    try:
        if target.is_dir():
            raise IsADirectoryError(0, "Is a directory")
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(0, "Permission denied")
        if not target.parent.is_dir():
            raise FileNotFoundError(0, f"No such directory: {target.parent}")
        if not target.exists() and not os.access(target.parent, os.W_OK):
            raise PermissionError(0, "Permission denied")
    except (OSError, ValueError) as error:
        _fail_to_write(path, error)


def write_output(path: str, content: str | bytes) -> None:
    """Write a file under a temporary name in its folder, then rename it.

    Raises:
        DiagnosticError: TW0005 when it cannot be written; what was there before is untouched.
    """
    try:
        data = content.encode() if isinstance(content, str) else content
        target = Path(path).resolve()  # a link keeps pointing at what is replaced
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a device or a pipe cannot be renamed over
            return
        _replace(target, data)
    except (OSError, ValueError) as error:
        _fail_to_write(path, error)


def make_folder(path: Path) -> None:
    """Make a folder, and those around it, unless it is there.

    Raises:
        DiagnosticError: TW0005 when it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        _fail_to_write(str(path), error)


def _replace(target: Path, data: bytes) -> None:
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o7777)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _fail_to_write(path: str, error: Exception) -> None:
    fail("TW0005", f"cannot write the output: {_reason(error)}", SourceLocation(path))


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
