"""The catalogue of diagnostic codes: what each means, at length."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

_CATALOGUE = Path(__file__).parent.with_suffix(".toml")


@dataclass(frozen=True)
class Explanation:
    """What a code means: a title of a few words and a few sentences that help."""

    code: str
    title: str
    explanation: str

    def __str__(self) -> str:
        return f"{self.code}: {self.title}\n\n{self.explanation.strip()}"


@cache
def _entries() -> dict[str, Explanation]:
    import tomllib  # a compilation without errors never needs it

    table = tomllib.loads(_CATALOGUE.read_text(encoding="utf-8"))
    return {code: Explanation(code, **entry) for code, entry in table.items()}


def known_codes() -> tuple[str, ...]:
    """Give every code in the order of the catalogue."""
    return tuple(_entries())


def explain(code: str) -> Explanation:
    """Give what the catalogue says about a code such as `TW0203`.

    Raises:
        KeyError: when no such code exists.
    """
    return _entries()[code]
