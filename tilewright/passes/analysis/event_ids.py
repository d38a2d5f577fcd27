"""Handing out event ids, per pair of pipes. Plain numbers, no IR."""

from __future__ import annotations

from collections.abc import Callable, Sequence


class NoEventId(Exception):
    """There is no id left for the signal of this number."""

    def __init__(self, signal: int) -> None:
        super().__init__(signal)
        self.signal = signal


def assign_ids(counts: Sequence[int], available: int, may_share: Callable[[int, int], bool]) -> list[int]:
    """The first id of each signal; signal `i` takes `counts[i]` neighbouring ones.

    Ids that nobody has come first. Where there are none, a signal shares with others where `may_share(other, signal)`
    allows all of them.

    Raises:
        NoEventId: `available` ids are not enough.
    """
    holders: list[list[int]] = [[] for _ in range(available)]
    chosen: dict[int, int] = {}
    # The widest choose first, since they need neighbours.
    for signal in sorted(range(len(counts)), key=lambda index: -counts[index]):
        runs = [range(first, first + counts[signal]) for first in range(available - counts[signal] + 1)]
        run = next((run for run in runs if not any(holders[id_] for id_ in run)), None)
        if run is None:
            run = next(
                (
                    run
                    for run in runs
                    if all(may_share(other, signal) for id_ in run for other in reversed(holders[id_]))
                ),
                None,
            )
        if run is None:
            raise NoEventId(signal)
        for id_ in run:
            holders[id_].append(signal)
        chosen[signal] = run.start
    return [chosen[signal] for signal in range(len(counts))]
