"""What each pipe of each core certainly knows of the others: vector clocks.

An agent is one pipe of one core. Its clock holds, for each agent, the last moment of that agent that has certainly
happened. Agents are numbered, since the checker asks millions of times.
"""

from __future__ import annotations

from collections.abc import Sequence

from tilewright.arch.chip import Pipe

PIPES = tuple(pipe for pipe in Pipe if pipe is not Pipe.ALL)
"""The pipes of a core; `PIPE_ALL` only stands for all of them."""

_NUMBERS = {pipe: number for number, pipe in enumerate(PIPES)}

Clock = list[int]
"""One moment for each agent."""


def agent(core: int, pipe: Pipe) -> int:
    """Number a pipe of a core."""
    return core * len(PIPES) + _NUMBERS[pipe]


class Clocks:
    """The clocks of all agents.

    Attributes:
        of: the clock of each agent.
        settled: the moment of each agent up to which its own instructions have certainly ended: those of an overlapping
            pipe only start in order.
    """

    def __init__(self, cores: int) -> None:
        count = cores * len(PIPES)
        self.of: list[Clock] = [[0] * count for _ in range(count)]
        self.settled: list[int] = [0] * count

    def tick(self, one: int) -> int:
        """Let an agent do something; give the moment of it."""
        clock = self.of[one]
        clock[one] += 1
        return clock[one]

    def message(self, one: int) -> Clock:
        """What an agent knows now, as it is known to who hears of it."""
        self.tick(one)
        return self.of[one].copy()

    def hear(self, one: int, message: Sequence[int]) -> None:
        """Let an agent know what a message says; what comes back of itself has ended."""
        own = self.of[one]
        self.of[one] = [max(pair) for pair in zip(own, message, strict=True)]
        self.settled[one] = max(self.settled[one], message[one])

    def settle(self, one: int) -> None:
        """Let the instructions of an agent end: a barrier of its pipe."""
        self.settled[one] = self.of[one][one]

    def meet(self, core: int) -> None:
        """Let all pipes of a core wait for each other."""
        members = range(core * len(PIPES), (core + 1) * len(PIPES))
        together = [max(moments) for moments in zip(*(self.of[each] for each in members), strict=True)]
        for each in members:
            self.of[each] = together.copy()
            self.settle(each)

    def hear_all(self, core: int, message: Sequence[int]) -> None:
        """Let a whole core wait for a message: nothing of it starts before."""
        for each in range(core * len(PIPES), (core + 1) * len(PIPES)):
            self.hear(each, message)
