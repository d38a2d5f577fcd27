"""What the checker keeps during a run, for those who watch it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tilewright.execution.races.accesses import Accesses
from tilewright.execution.races.clocks import Clocks
from tilewright.execution.races.flags import Flags


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The parts of a run.

    Attributes:
        clocks: what each pipe knows of the others.
        accesses: the last accesses to all memories.
        flags: of all cores.
        waits: whether some pipe keeps instructions behind a flag that is not raised.
    """

    clocks: Clocks
    accesses: Accesses
    flags: Flags
    waits: Callable[[], bool]
