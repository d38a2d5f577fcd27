"""What a simulation of cores gives: every instruction with its start and end, and sums over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import SourceLocation


@dataclass(frozen=True, slots=True)
class Span:
    """One instruction on the pipe that executed it; times are cycles since the cores started.

    Flags are no spans: they take no time. What an instruction waited for stands with the instruction.

    Attributes:
        core: name of the core: `cube`, `vector 0`.
        pipe: the pipe.
        start, end: it was busy from `start` until `end`.
        name: of the operation, such as `pto.tload`.
        location: of the operation in the user's text.
        wait_from: when the pipe became free; `start - wait_from` is the stall.
        waited_for: what ended the stall: `MTE2 flag 3`, `barrier`, `pipe c2v`, `signal 2`, `scalar`; '' where there
            was none.
    """

    core: str
    pipe: Pipe
    start: int
    end: int
    name: str
    location: SourceLocation | None
    wait_from: int
    waited_for: str

    @property
    def stall(self) -> int:
        """Cycles that the pipe stood still before this instruction."""
        return self.start - self.wait_from


@dataclass(frozen=True, slots=True)
class Timeline:
    """A modelled run of one block: a core, or a cube core and its vector cores.

    Attributes:
        profile: name of the cost profile.
        clock_mhz: of the cores.
        cycles: from the start until the last pipe is done.
        spans: of all cores, by core in the order in which the program issues them; those of iterations that were
            extrapolated are left out, and none are kept when the caller asked for none.
        busy: cycles that each pipe of each core was executing, extrapolated iterations included.
        bytes: bytes moved on each path, such as `gm_to_mat`, by all cores.
        work: for each pipe, the cycles that the busiest core of them needs at least; the largest is a lower bound of
            `cycles` that no order of the instructions can beat.
        instructions: executed by all cores, flags and barriers included.
        extrapolated: which iterations were not simulated one by one, and why that is the same; '' where all were.
        rests_on: for each pipe, the constant of the profile that the largest part of its cycles rests on.
    """

    profile: str
    clock_mhz: float
    cycles: int
    spans: Sequence[Span]
    busy: Mapping[tuple[str, Pipe], int]
    bytes: Mapping[str, int]
    work: Mapping[Pipe, int]
    instructions: int
    extrapolated: str
    rests_on: Mapping[Pipe, str] = field(default_factory=dict[Pipe, str])

    @property
    def time_us(self) -> float:
        """Modelled time in microseconds."""
        return self.cycles / self.clock_mhz
