"""Which faults are planted: evenly over kinds and files, drawn with a seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from random import Random

from benchmarks.planted_faults.mutations import Fault


def chosen(candidates: Iterable[Fault], number: int, seed: int) -> list[Fault]:
    """Draw `number` faults: each time the rarest kind so far, and of it the file with the fewest so far."""
    random = Random(seed)
    left = list(candidates)
    random.shuffle(left)
    kinds, paths = Counter[str](), Counter[str]()
    drawn: list[Fault] = []
    while left and len(drawn) < number:
        best = min(left, key=lambda fault: (kinds[fault.kind], paths[fault.path]))
        left.remove(best)
        kinds[best.kind] += 1
        paths[best.path] += 1
        drawn.append(best)
    return drawn
