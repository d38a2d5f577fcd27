"""Who gets how much of a memory that several share: max-min fair shares, and a fluid that follows them in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf


def fair_level(demands: Sequence[float], capacity: float) -> float:
    """The level L for which the sum of min(demand, L) is the capacity; infinity where all demands fit.

    Whoever demands less than L gets all of it; nobody else gets more than L, and none could get more without taking
    from one that has no more (max-min fairness).
    """
    left = capacity
    if sum(demands) <= left:
        return inf
    ordered = sorted(demands)
    for number, demand in enumerate(ordered):
        level = left / (len(ordered) - number)
        if demand >= level:
            return level
        left -= demand
    return inf


@dataclass(slots=True)
class Flow:
    """Work in progress.

    Attributes:
        key: whose it is.
        alone_us: how long all of it takes when memory gives all that it asks for.
        hbm: bytes per microsecond that it then asks of HBM.
        l2: bytes per microsecond that it then moves through L2, those of HBM included.
        left: the part of the work that is still to do.
        speed: 1 when memory gives all that it asks for.
        end: when it is done, if nothing changes.
    """

    key: int
    alone_us: float
    hbm: float
    l2: float
    left: float = 1.0
    speed: float = 1.0
    end: float = inf


class SharedMemory:
    """HBM, with L2 in front of it, and the blocks that use them.

    A block moves its bytes evenly over its time, and slows down as a whole when it gets fewer than it asks for. HBM is
    shared first, then L2 among what HBM lets through; what a block that L2 holds up leaves of HBM is not given away.
    """

    def __init__(self, hbm: float, l2: float) -> None:
        """Start with nobody.

        Args:
            hbm, l2: bytes per microsecond.
        """
        self._hbm, self._l2 = hbm, l2
        self._flows: dict[int, Flow] = {}
        self._now = 0.0
        self._moved = 0.0
        self._rates: list[tuple[float, float]] = [(0.0, 0.0)]
        self._next_end = inf

    @property
    def next_end(self) -> float:
        """When the next block is done, if nobody comes or goes; infinity where there is none."""
        return self._next_end

    @property
    def moved(self) -> float:
        """Bytes moved to and from HBM so far."""
        return self._moved

    @property
    def rates(self) -> Sequence[tuple[float, float]]:
        """Bytes per microsecond of HBM in use, from each time until the next."""
        return self._rates

    def add(self, flow: Flow, now: float) -> None:
        """A block starts; `share` must be called before time goes on."""
        self._advance(now)
        self._flows[flow.key] = flow

    def take_done(self, now: float) -> list[int]:
        """Remove those that are done by now, in the order of their start; then `share` must be called."""
        self._advance(now)
        done = [flow for flow in self._flows.values() if flow.end <= now]
        for flow in done:
            # What rounding left of it.
            self._moved += flow.left * flow.hbm * flow.alone_us
            del self._flows[flow.key]
        return [flow.key for flow in done]

    def share(self) -> None:
        """Give everybody their share from now on."""
        flows = list(self._flows.values())
        level = fair_level([flow.hbm for flow in flows], self._hbm)
        for flow in flows:
            flow.speed = 1.0 if flow.hbm <= level else level / flow.hbm
        level = fair_level([flow.l2 * flow.speed for flow in flows], self._l2)
        for flow in flows:
            if flow.l2 * flow.speed > level:
                flow.speed = level / flow.l2
            flow.end = self._now + flow.left * flow.alone_us / flow.speed
        self._next_end = min((flow.end for flow in flows), default=inf)
        rate = sum(flow.hbm * flow.speed for flow in flows)
        if self._rates[-1][0] == self._now:
            self._rates[-1] = (self._now, rate)
        else:
            self._rates.append((self._now, rate))

    def _advance(self, now: float) -> None:
        passed = now - self._now
        if passed:
            for flow in self._flows.values():
                done = min(flow.left, passed * flow.speed / flow.alone_us)
                flow.left -= done
                self._moved += done * flow.hbm * flow.alone_us
        self._now = now
