"""The typed view of `[runtime]` in an architecture file: what starting a task costs, and memory that cores share."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypedDict, cast


class _Fact(TypedDict):
    value: float
    range: Sequence[float]
    source: str
    certainty: str


class _Section(TypedDict):
    schedulers: int
    tasks_per_core: int
    counter_mhz: int
    us: Mapping[str, _Fact]
    gb_per_s: Mapping[str, _Fact]


@dataclass(frozen=True, slots=True)
class Fact:
    """A number with its origin.

    Attributes:
        value: what is used.
        low, high: between which values its sources put it.
        source: where it stands.
        certainty: `published`, `derived`, `measured` or `assumed`.
    """

    value: float
    low: float
    high: float
    source: str
    certainty: str


@dataclass(frozen=True)
class Runtime:
    """What the AICPU runtime costs, in microseconds, and what memory gives, in bytes per microsecond.

    Attributes:
        schedulers: threads that start tasks, each on its own share of the cores.
        tasks_per_core: how many tasks a core has been given and not yet done: one runs, the others wait.
        counter_mhz: of the clock of the runtime's records.
        submit_us: the orchestrator, for each task.
        dispatch_us, complete_us: a scheduler, for each block that it starts, and for each that has ended.
        dummy_us: a scheduler, for a task without code.
        release_us: a scheduler, for each block that was dispatched early and may start now.
        to_core_us: until a core sees what a scheduler wrote.
        to_scheduler_us: until a scheduler sees that a core is done.
        setup_us: on a core, from receiving a block to its first instruction.
        hbm, l2: bytes per microsecond that all cores share.
        cube, vector: bytes per microsecond that one core moves to and from global memory; infinite only for work that
            takes its time anyway.
        facts: each of these numbers with its origin, such as `us.submit` and `gb_per_s.hbm`.
    """

    schedulers: int
    tasks_per_core: int
    counter_mhz: int
    submit_us: float
    dispatch_us: float
    complete_us: float
    dummy_us: float
    release_us: float
    to_core_us: float
    to_scheduler_us: float
    setup_us: float
    hbm: float
    l2: float
    cube: float
    vector: float
    facts: Mapping[str, Fact]


@cache
def load_runtime(name: str = "a2a3") -> Runtime:
    """What `[runtime]` of `<name>.toml` says; one object per name.

    Raises:
        FileNotFoundError: there is no such architecture.
    """
    text = files("tilewright.arch").joinpath(f"{name}.toml").read_text("utf-8")
    raw = cast(_Section, tomllib.loads(text)["runtime"])
    us = {key: fact["value"] for key, fact in raw["us"].items()}
    # 10^9 bytes a second are 10^3 bytes a microsecond.
    rates = {key: fact["value"] * 1e3 for key, fact in raw["gb_per_s"].items()}
    return Runtime(
        schedulers=raw["schedulers"],
        tasks_per_core=raw["tasks_per_core"],
        counter_mhz=raw["counter_mhz"],
        submit_us=us["submit"],
        dispatch_us=us["dispatch"],
        complete_us=us["complete"],
        dummy_us=us["dummy"],
        release_us=us["release"],
        to_core_us=us["to_core"],
        to_scheduler_us=us["to_scheduler"],
        setup_us=us["setup"],
        hbm=rates["hbm"],
        l2=rates["l2"],
        cube=rates["cube"],
        vector=rates["vector"],
        facts={
            f"{unit}.{key}": _fact(fact)
            for unit, facts in (("us", raw["us"]), ("gb_per_s", raw["gb_per_s"]))
            for key, fact in facts.items()
        },
    )


def _fact(raw: _Fact) -> Fact:
    low, high = raw["range"]
    return Fact(raw["value"], low, high, raw["source"], raw["certainty"])
