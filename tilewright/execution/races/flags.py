"""The flags of a run: what each says, and whether it is used as a flag can be used."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tilewright.arch.chip import load_chip
from tilewright.execution.instructions import Flag
from tilewright.execution.races.accesses import Accesses
from tilewright.execution.races.clocks import Clock, Clocks, agent
from tilewright.execution.races.events import Event, Finding, Left, Lost, NoSuchFlag


@dataclass(slots=True)
class _State:
    """One flag: what was raised and is not awaited yet, and where it was last awaited."""

    raised: deque[tuple[Clock, Event]] = field(default_factory=deque[tuple[Clock, Event]])
    awaited: int = 0
    last_raised: Event | None = None


class Flags:
    """The flags of all cores."""

    def __init__(self, clocks: Clocks, accesses: Accesses) -> None:
        self._clocks = clocks
        self._accesses = accesses
        self._states: dict[tuple[int, int, int], _State] = {}
        self._ids = range(load_chip().event_ids)

    def _state(self, event: Event, flag: Flag) -> tuple[int, int, _State]:
        source, target = agent(event.core, flag.source), agent(event.core, flag.target)
        return source, target, self._states.setdefault((source, target, flag.event), _State())

    def raise_flag(self, event: Event, flag: Flag) -> Iterator[Finding]:
        """Raise a flag: its one bit is lost when it may still be raised from before."""
        source, target, state = self._state(event, flag)
        if flag.event not in self._ids or source == target:
            yield NoSuchFlag(flag, event)
        last = state.last_raised
        if last is not None and (state.raised or self._clocks.of[source][target] < state.awaited):
            yield Lost(flag, last, event)
        state.last_raised = event
        state.raised.append((self._clocks.message(source), event))

    def await_flag(self, event: Event, flag: Flag) -> bool:
        """Await a flag; False when it is not raised yet."""
        source, target, state = self._state(event, flag)
        if not state.raised:
            return False
        message, _ = state.raised.popleft()
        self._clocks.hear(target, message)
        self._accesses.awaited(source, target, event)
        state.awaited = self._clocks.tick(target)
        return True

    def states(self) -> Iterator[tuple[tuple[int, int, int], Sequence[Clock], int]]:
        """Give each flag that was used: its agents and number, what it carries if raised, when it was last awaited."""
        for key, state in self._states.items():
            yield key, [message for message, _ in state.raised], state.awaited

    def left(self) -> Iterator[Left]:
        """Give the flags that are raised at the end."""
        for state in self._states.values():
            for _, event in state.raised:
                assert event.instruction.flag is not None
                yield Left(event.instruction.flag, event)
