"""What a check is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """One thing that the harness looks at; `run` raises when it finds something.

    Checks of an earlier rank come first: those that compare engines before those that know the numbers.
    """

    name: str
    run: Callable[[], object]
    rank: int = 0
