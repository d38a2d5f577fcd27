"""Tasks of published programs, as tables: which kernels, how often, what waits for what."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import NotRequired, TypedDict, cast

from tilewright.timing.tasks import CoreKind, Task, Work

_FOLDER = files("tilewright.timing").joinpath("data")


class Kernel(TypedDict):
    """A row of a table; see the file of the first one for what the keys mean."""

    name: str
    core: str
    groups: NotRequired[int]
    blocks: NotRequired[int]
    us: NotRequired[float]
    hbm: NotRequired[int]
    sync_start: NotRequired[bool]
    after: NotRequired[Sequence[str]]
    also_after: NotRequired[Sequence[str]]
    pairwise: NotRequired[bool]


class Table(TypedDict):
    """A layer: `us` is the duration of a block whose kernel gives none."""

    name: str
    source: str
    us: float
    kernel: Sequence[Kernel]


def table_names() -> Sequence[str]:
    """The tables that there are."""
    found = (entry.name for entry in _FOLDER.iterdir() if entry.name.endswith(".toml"))
    return sorted(name.removesuffix(".toml") for name in found if "decode" in name)


def read_table(name: str) -> Table:
    """A table by its name, such as `qwen3_14b_decode_665`.

    Raises:
        FileNotFoundError: there is no such table.
    """
    return cast(Table, tomllib.loads(_FOLDER.joinpath(f"{name}.toml").read_text("utf-8")))


def tasks_of(table: Table, layers: int = 1) -> Sequence[Task]:
    """The tasks of some layers, one after the other, each of which waits for the one before."""
    tasks: list[Task] = []
    last: dict[str, list[int]] = {}
    for layer in range(layers):
        for kernel in table["kernel"]:
            numbers: list[int] = []
            for group in range(kernel.get("groups", 1)):
                numbers.append(len(tasks))
                tasks.append(
                    Task(
                        name=f"{kernel['name']} {layer}.{group}",
                        kernel=kernel["name"],
                        core_kind=CoreKind(kernel["core"]),
                        work=(Work(kernel.get("us", table["us"]), kernel.get("hbm", 0)),),
                        blocks=kernel.get("blocks", 1),
                        after=tuple(_awaited(kernel, group, last)),
                        sync_start=kernel.get("sync_start", False),
                    )
                )
            last[kernel["name"]] = numbers
    return tasks


def _awaited(kernel: Kernel, group: int, last: Mapping[str, Sequence[int]]) -> Iterator[int]:
    for name in kernel.get("after", ()):
        found = last.get(name, ())
        yield from found[group : group + 1] if kernel.get("pairwise") else found
    for name in kernel.get("also_after", ()):
        yield from last.get(name, ())
