"""What `sync_proof` has to know of stores: which must come after which, and what happened in earlier iterations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from xdsl.ir import Operation

from tilewright.arch.chip import Pipe
from tilewright.passes.analysis.store_order import StoreHazard


class StoreSites:
    """The sites of stores.

    A store that another one must follow in a later iteration has a second site, which stands for all its executions in
    earlier iterations of that loop: so iterations that store side by side need no order.

    Args:
        hazards: all of the program.
        start: the first free bit.
        site_of: the bit of a store.

    Attributes:
        own: the second sites of each pipe.
    """

    def __init__(self, hazards: Iterable[StoreHazard], start: int, site_of: Callable[[Operation], int]) -> None:
        self.own: dict[Pipe, int] = defaultdict(int)
        self._site_of = site_of
        self._needs: dict[tuple[Operation, Pipe], int] = defaultdict(int)
        self._past: dict[tuple[Operation, Operation], int] = {}
        for hazard in hazards:
            if hazard.loop is None:
                awaited = site_of(hazard.first)
            else:
                awaited = self._past.setdefault((hazard.first, hazard.loop), 1 << start + len(self._past))
                self.own[hazard.pipe] |= awaited
            self._needs[hazard.second, hazard.pipe] |= awaited

    def needs(self, op: Operation, pipe: Pipe) -> int:
        """What must be over before a store."""
        return self._needs.get((op, pipe), 0)

    def past(self, loop: Operation) -> tuple[tuple[int, int], ...]:
        """Both sites of each store that has a second one for a loop."""
        return tuple((self._site_of(first), bit) for (first, around), bit in self._past.items() if around is loop)
