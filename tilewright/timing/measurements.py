"""Published measurements of devices, by table; `data/measurements.toml` says where each comes from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeAlias, TypedDict, cast

Value: TypeAlias = int | float | str


_Entry = TypedDict(
    "_Entry",
    {"name": str, "class": str, "source": str, "note": str, "columns": list[str], "rows": list[list[Value]]},
)


@dataclass(frozen=True)
class Measurements:
    """One table.

    Attributes:
        name: of the table.
        kernel_class: what its rows measure.
        source: where they were published.
        note: what else is to know; may be empty.
        rows: by column; a column's name ends in its unit.
    """

    name: str
    kernel_class: str
    source: str
    note: str
    rows: Sequence[Mapping[str, Value]]


@cache
def measurements() -> Mapping[str, Measurements]:
    """Every table, by its name."""
    text = files("tilewright.timing").joinpath("data", "measurements.toml").read_text("utf-8")
    entries = cast(list[_Entry], tomllib.loads(text)["table"])
    return {table.name: table for table in map(_table, entries)}


def _table(entry: _Entry) -> Measurements:
    return Measurements(
        entry["name"],
        entry["class"],
        entry["source"],
        entry.get("note", ""),
        [dict(zip(entry["columns"], row, strict=True)) for row in entry["rows"]],
    )
