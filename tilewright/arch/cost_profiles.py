"""The typed view of the cost profiles of an architecture file; cycles are of the chip's main clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tilewright.arch.origins import Origin, constants_in, read_origins


@dataclass(frozen=True)
class Intrinsic:
    """A vector intrinsic: `slope` cycles for each repeat, `start` more when the vector stream is empty."""

    start: int
    slope: int
    masked_cycles: int


@dataclass(frozen=True)
class RowCost:
    """Cycles of an op that goes row by row, each row in repeats of the vector unit.

    `fixed` always, `partial` where the last repeat of a row is not full, `folded` where a row has several; for each
    row `row`, and `fold` for each of its repeats but the first.
    """

    fixed: float
    partial: float
    folded: float
    row: float
    fold: float


@dataclass(frozen=True, eq=False)
class VectorCosts:
    """What instructions of the vector pipe cost.

    Attributes:
        repeat_bytes: bytes that one repeat works on.
        intrinsics: by name.
        default: an intrinsic that the profile does not know.
        flat: ops that take rows which follow each other without gaps as one row.
        ops: the intrinsics that an op (`tadd`) consists of, one behind the other.
        row_ops: ops that go row by row.
    """

    repeat_bytes: int
    intrinsics: Mapping[str, Intrinsic]
    default: Intrinsic
    flat: frozenset[str]
    ops: Mapping[str, Sequence[str]]
    row_ops: Mapping[str, RowCost]


@dataclass(frozen=True, eq=False)
class CostProfile:
    """Constants of one cost profile; cycles are of the chip's main clock.

    `store_element_bytes` and `move_element_bytes` are what the public cost model counts for an element that leaves
    Acc or goes to Left or Right, whatever its type. `origins` says of each constant, by its name in the architecture
    file such as `gib_per_s.gm_to_mat`, where it comes from.
    """

    name: str
    gib_per_s: Mapping[str, float]
    matmul_fixed_cycles: int
    matmul_cycles_per_fractal: Mapping[str, int]
    move_fixed_cycles: int
    store_fixed_cycles: int
    store_element_bytes: int
    move_element_bytes: int
    scalar_cycles: int
    vector: VectorCosts
    source: str
    origins: Mapping[str, Origin]

    def uncertainty_of(self, constant: str) -> float | None:
        """How far the time of an instruction that rests on a constant is off, as a part of the measured time.

        None where there is no public measurement; KeyError for a constant that the profile does not have.
        """
        return self.origins[constant].uncertainty


def read_profiles(profiles: Mapping[str, Mapping[str, Any]]) -> Mapping[str, CostProfile]:
    """Read the sections `cost.<name>` of an architecture file."""
    return {name: _profile(name, profiles) for name in profiles}


def _profile(name: str, profiles: Mapping[str, Mapping[str, Any]]) -> CostProfile:
    raw = _with_base(profiles[name], profiles)
    return CostProfile(
        name=name,
        gib_per_s=constants_in(raw["gib_per_s"]),
        matmul_fixed_cycles=raw["matmul"]["fixed_cycles"],
        matmul_cycles_per_fractal=raw["matmul"]["cycles_per_fractal"],
        move_fixed_cycles=raw["move_fixed_cycles"],
        store_fixed_cycles=raw["store_fixed_cycles"],
        store_element_bytes=raw["store_element_bytes"],
        move_element_bytes=raw["move_element_bytes"],
        scalar_cycles=raw["scalar_cycles"],
        vector=_vector_costs(raw["vector"], raw["row_ops"]),
        source=raw["source"],
        origins=read_origins(name, profiles),
    )


def _with_base(raw: Mapping[str, Any], profiles: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """A profile together with what it leaves to the one that it is based on."""
    return raw if "based_on" not in raw else _merged(_with_base(profiles[raw["based_on"]], profiles), raw)


def _merged(base: Mapping[str, Any], raw: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**base, **raw}
    for key, value in raw.items():
        if isinstance(value, dict) and key in base:
            merged[key] = _merged(base[key], raw[key])
    return merged


def _vector_costs(raw: Mapping[str, Any], row_ops: Mapping[str, Any]) -> VectorCosts:
    def intrinsic(name: str, head: int, slope: int, tail: int) -> Intrinsic:
        return Intrinsic(head + tail, slope, raw["masked_cycles"] if name in raw["masked"] else 0)

    return VectorCosts(
        repeat_bytes=raw["repeat_bytes"],
        intrinsics={name: intrinsic(name, *cycles) for name, cycles in constants_in(raw["intrinsics"]).items()},
        default=intrinsic("", *raw["default"]),
        flat=frozenset(raw["flat"]),
        ops=raw["ops"],
        row_ops={name: RowCost(**entry) for name, entry in constants_in(row_ops).items()},
    )
