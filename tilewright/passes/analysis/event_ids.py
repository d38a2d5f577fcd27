"""Handing out event ids: colouring of intervals, per pair of pipes. Plain numbers, no IR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Demand:
    """`count` neighbouring ids, held from position `start` to position `end` of the program, both included."""

    count: int
    start: int
    end: int


def assign_ids(demands: Sequence[Demand], available: int) -> list[int] | None:
    """The first id of each demand, or None when `available` ids are not enough.

    Demands that hold ids at the same time get different ones. The widest demands choose first.
    """
    chosen: dict[int, int] = {}
    order = sorted(range(len(demands)), key=lambda index: (-demands[index].count, demands[index].start))
    for index in order:
        demand = demands[index]
        taken = {
            chosen[other] + offset
            for other in chosen
            if demands[other].start <= demand.end and demand.start <= demands[other].end
            for offset in range(demands[other].count)
        }
        first = next(
            (base for base in range(available - demand.count + 1) if not taken & set(range(base, base + demand.count))),
            None,
        )
        if first is None:
            return None
        chosen[index] = first
    return [chosen[index] for index in range(len(demands))]
