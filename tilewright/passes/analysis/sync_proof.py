"""Does a program with flags keep its order? A proof for any trip count and any branch. Plain numbers, no IR.

A pipe knows a site when all that has happened there so far has certainly ended for it. When a site happens, nobody
knows it any longer; who awaits a flag knows what its sender knew when it raised it, and all that the sender had done.
A branch leaves what both sides leave, a loop what its entry and all its iterations leave. An order is proven when each
instruction finds its pipe knowing all that it must come after. Where it is not known by how much the slots of rings
turn, all turns are taken together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce

from tilewright.passes.analysis.sync_steps import (
    Await,
    Branch,
    Loop,
    Raise,
    Script,
    Settle,
    Step,
    Steps,
    Turn,
    While,
    Work,
)


@dataclass(slots=True)
class _State:
    """What each pipe knows, and what the flags that are up tell: by signal and slot."""

    pipes: list[int]
    flags: dict[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])

    def copy(self) -> _State:
        return _State(list(self.pipes), dict(self.flags))

    def forget(self, sites: int) -> None:
        """Let something happen at the sites."""
        keep = ~sites
        self.pipes = [known & keep for known in self.pipes]
        for key, told in self.flags.items():
            self.flags[key] = told & keep

    def learn(self, sites: int) -> None:
        """Let everybody know of sites at which nothing has happened."""
        self.pipes = [known | sites for known in self.pipes]
        self.flags = {key: told | sites for key, told in self.flags.items()}

    def pass_on(self, past: Sequence[tuple[int, int]]) -> None:
        """Let what happened at sites be what happened in earlier iterations."""
        self.pipes = [_passed(known, past) for known in self.pipes]
        self.flags = {key: _passed(told, past) for key, told in self.flags.items()}

    def met(self, other: _State) -> _State:
        """What holds whichever of both is the case."""
        return _State(
            [one & two for one, two in zip(self.pipes, other.pipes, strict=True)],
            {key: told & other.flags[key] for key, told in self.flags.items() if key in other.flags},
        )


class _Unproven(Exception):
    """Some instruction may come too early."""


class Proof:
    """The proof for a script from which some units, signals and barriers, are left out."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._gone: set[int] = set()
        self._places: list[dict[int, tuple[int, int]]] = [_places(part) for part in script.parts]

    def needless(self, units: Sequence[int]) -> list[int]:
        """Those of the units, tried in their order, without all of which the program keeps its order.

        None when the order is not proven with all of them in place.
        """
        starts: list[list[_State]] = []
        for number, part in enumerate(self._script.parts):
            try:
                starts.append(self._track(part, self._start(number == 0)))
            except _Unproven:
                return []
        for unit in units:
            self._gone.add(unit)
            if not all(self._holds(number, states, unit) for number, states in enumerate(starts)):
                self._gone.discard(unit)
        return [unit for unit in units if unit in self._gone]

    def _start(self, knowing: bool) -> _State:
        return _State([self._script.everything if knowing else 0 for _ in self._script.pipes])

    def _track(self, steps: Steps, state: _State) -> list[_State]:
        """The states before each step and behind the last."""
        states = [state.copy()]
        for step in steps:
            self._play((step,), state)
            states.append(state.copy())
        return states

    def _holds(self, number: int, states: list[_State], unit: int) -> bool:
        """Whether a part is proven without a unit as well; `states` then become those of its steps.

        Only the steps from the first on that has the unit are looked at, up to where nothing differs any longer.
        """
        if unit not in self._places[number]:
            return True
        part = self._script.parts[number]
        first, last = self._places[number][unit]
        state = states[first].copy()
        new: list[_State] = []
        for place in range(first, len(part)):
            try:
                self._play((part[place],), state)
            except _Unproven:
                return False
            if place >= last and state == states[place + 1]:
                break
            new.append(state.copy())
        states[first + 1 : first + 1 + len(new)] = new
        return True

    def _play(self, steps: Steps, state: _State) -> None:
        for step in steps:
            match step:
                case Work():
                    if step.needs & ~state.pipes[step.pipe]:
                        raise _Unproven
                    state.forget(step.own)
                case Raise():
                    if step.signal not in self._gone:
                        self._raise(step, state)
                case Await():
                    if step.signal not in self._gone:
                        self._await(step, state)
                case Settle():
                    if step.unit not in self._gone:
                        self._settle(step, state)
                case _:
                    self._inside(step, state)

    def _raise(self, step: Raise, state: _State) -> None:
        if step.needs & ~state.pipes[step.pipe]:
            raise _Unproven
        told = state.pipes[step.pipe] | self._script.pipes[step.pipe]
        if step.slot is not None:
            state.flags[step.signal, step.slot] = told
            return
        for slot in range(self._script.slots[step.signal]):
            state.flags[step.signal, slot] = state.flags.get((step.signal, slot), 0) & told

    def _await(self, step: Await, state: _State) -> None:
        if step.slot is not None:
            told = state.flags.pop((step.signal, step.slot), 0)
        else:
            slots = range(self._script.slots[step.signal])
            told = reduce(lambda one, other: one & other, (state.flags.get((step.signal, slot), 0) for slot in slots))
        state.pipes[step.pipe] |= told
        state.forget(step.own)

    def _settle(self, step: Settle, state: _State) -> None:
        if step.pipe is None:
            state.pipes = [self._script.everything] * len(state.pipes)
        else:
            state.pipes[step.pipe] |= self._script.pipes[step.pipe]

    def _inside(self, step: Branch | Loop | While, state: _State) -> None:
        match step:
            case Branch():
                ends: list[_State] = []
                for arm in step.arms:
                    ends.append(state.copy())
                    self._play(arm, ends[-1])
                end = reduce(_State.met, ends)
            case Loop():

                def iteration(current: _State) -> _State:
                    self._play(step.body, current)
                    current.pass_on(step.past)
                    return self._turned(current, step.turn)

                start = self._turned(state, step.enter)
                start.learn(sum(past for _, past in step.past))
                end = self._turned(_settled(start, iteration), step.leave)
            case While():

                def again(current: _State) -> _State:
                    self._play(step.before, current)
                    self._play(step.after, current)
                    return current

                end = _settled(state.copy(), again)
                self._play(step.before, end)
        state.pipes, state.flags = end.pipes, end.flags

    def _turned(self, state: _State, turn: Turn) -> _State:
        return reduce(_State.met, (self._turned_once(state, by) for by in turn))

    def _turned_once(self, state: _State, turn: Sequence[int]) -> _State:
        if not any(turn):
            return state.copy()

        def turned(known: int) -> int:
            for wheel, by in zip(self._script.wheels, turn, strict=True):
                if by:
                    known = wheel.turned(known, by)
            return known

        by_signal = {
            signal: by for wheel, by in zip(self._script.wheels, turn, strict=True) for signal in wheel.messages
        }
        return _State(
            [turned(known) for known in state.pipes],
            {
                (signal, (slot - by_signal.get(signal, 0)) % self._script.slots[signal]): turned(told)
                for (signal, slot), told in state.flags.items()
            },
        )


def _settled(head: _State, iteration: Callable[[_State], _State]) -> _State:
    """What holds before each iteration."""
    while (new := head.met(iteration(head.copy()))) != head:
        head = new
    return head


def _passed(known: int, past: Sequence[tuple[int, int]]) -> int:
    for site, before in past:
        known = known | before if known & site else known & ~before
    return known


def _places(steps: Steps) -> dict[int, tuple[int, int]]:
    """The first and the last step that has a unit."""
    found: dict[int, tuple[int, int]] = {}
    for place, step in enumerate(steps):
        for unit in _units(step):
            found[unit] = found.get(unit, (place, place))[0], place
    return found


def _units(step: Step) -> Iterator[int]:
    match step:
        case Work():
            return
        case Raise() | Await():
            yield step.signal
        case Settle():
            if step.unit is not None:
                yield step.unit
        case Branch():
            yield from (unit for arm in step.arms for inner in arm for unit in _units(inner))
        case Loop():
            yield from (unit for inner in step.body for unit in _units(inner))
        case While():
            yield from (unit for inner in (*step.before, *step.after) for unit in _units(inner))
