"""Changes of sources that change nothing: each was looked at, and the reason is written down."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.planted_faults.mutations import Fault

TABLE = Path(__file__).with_suffix(".toml")

_Key = tuple[str, str, str]
"""A path, the text of a line, and the change."""


def no_faults() -> Mapping[_Key, str]:
    """The reason of each."""
    entries: Sequence[Mapping[str, str]] = tomllib.loads(TABLE.read_text()).get("change", [])
    return {(entry["path"], entry["line"], entry["change"]): entry["why"] for entry in entries}


def key_of(fault: Fault, source: str) -> _Key:
    """How the table names a fault of a source; numbers of lines change with every edit."""
    return fault.path, source.splitlines()[fault.line - 1].strip(), fault.text
