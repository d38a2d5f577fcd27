"""Does a program with flags keep its order? A proof for any trip count and any branch. Plain numbers, no IR.

Each site (an instruction, or the wait for a flag) has a bit. A pipe knows a site when all that has happened there so far
has certainly ended for it. When a site happens, nobody knows it any longer; who awaits a flag knows what its sender knew
when it raised it, and all that the sender had done. A branch leaves what both sides leave, a loop what its entry and all
its iterations leave. An order is proven when each instruction finds its pipe knowing all that it must come after.

Of a ring, a site has a bit for each slot. Slots count from the one that the current iteration starts with, so that an
iteration looks like the one before: the bits turn from one to the next. Where it is not known by how much they turn, all
turns are taken together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_


@dataclass(frozen=True, slots=True)
class Wheel:
    """Sites of rings that turn together: `sites` bits from `first` on for slot 0, then those for slot 1, ..."""

    first: int
    sites: int
    slots: int
    messages: tuple[int, ...] = ()
    """Signals whose flags turn with it."""

    def turned(self, known: int, by: int) -> int:
        """What is known, counted from the slot that is `by` slots on."""
        low, high = self.sites * by, self.sites * (self.slots - by)
        every = (1 << self.sites * self.slots) - 1
        part = known >> self.first & every
        return known & ~(every << self.first) | ((part >> low | part << high) & every) << self.first


Turn = tuple[tuple[int, ...], ...]
"""What may happen to the wheels: for each possibility, by how many slots each of them turns."""


@dataclass(frozen=True, slots=True)
class Work:
    """An instruction of a pipe: it must come after the sites `needs`, and happens at the sites `own`."""

    pipe: int
    needs: int
    own: int


@dataclass(frozen=True, slots=True)
class Raise:
    """A pipe raises the flag of a signal for a slot, or for one that is not known; `needs` are the waits before it."""

    signal: int
    pipe: int
    slot: int | None
    needs: int


@dataclass(frozen=True, slots=True)
class Await:
    """A pipe awaits the flag of a signal, which happens at the sites `own`."""

    signal: int
    pipe: int
    slot: int | None
    own: int


@dataclass(frozen=True, slots=True)
class Settle:
    """A barrier: of one pipe, or of all where that is None. `unit` is what can be left out, None if it has to stay."""

    unit: int | None
    pipe: int | None


@dataclass(frozen=True, slots=True)
class Branch:
    """One of several programs happens."""

    arms: tuple[Steps, ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """A program happens any number of times, and the wheels turn: before the first, after each, behind the last."""

    body: Steps
    enter: Turn
    turn: Turn
    leave: Turn


@dataclass(frozen=True, slots=True)
class While:
    """`before` happens, then `after` and `before` again any number of times."""

    before: Steps
    after: Steps


Step = Work | Raise | Await | Settle | Branch | Loop | While
Steps = tuple[Step, ...]


@dataclass(frozen=True)
class Script:
    """A program, and what its numbers mean.

    Attributes:
        parts: programs that each begin with nothing known but the first.
        pipes: the sites of each pipe.
        slots: of each signal, how many flags it has.
        wheels: what turns.
    """

    parts: tuple[Steps, ...]
    pipes: tuple[int, ...]
    slots: tuple[int, ...]
    wheels: tuple[Wheel, ...]

    @property
    def everything(self) -> int:
        """All sites."""
        return reduce(lambda one, other: one | other, self.pipes, 0)


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
            told = reduce(and_, (state.flags.get((step.signal, slot), 0) for slot in slots))
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
                    return self._turned(current, step.turn)

                end = self._turned(_settled(self._turned(state, step.enter), iteration), step.leave)
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

        by_signal = {signal: by for wheel, by in zip(self._script.wheels, turn, strict=True) for signal in wheel.messages}
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
