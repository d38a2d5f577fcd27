"""Where the constants of the cost profiles come from: their units, their sources, and how far they may be off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

WORDS = frozenset({"based_on", "unit", "source", "certainty", "uncertainty"})
"""The keys of a table that are about its constants."""

UNKNOWN = "unknown"
"""The uncertainty of what nobody has published a measurement of."""

_OTHERS = "default"
_ERRORS = "calibration"
"""How far a profile as a whole is off, which is no constant of it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a constant comes from.

    Attributes:
        unit: of its value; of a list, the units of its values with commas between them.
        source: where it stands.
        uncertainty: how far the time of an instruction that rests on it is off, as a part of the measured time; None
            where there is no public measurement.
    """

    unit: str
    source: str
    uncertainty: float | None


def constants_in(table: Mapping[str, Any]) -> dict[str, Any]:
    """A table without the words about its constants."""
    return {key: value for key, value in table.items() if key not in WORDS}


def read_origins(name: str, profiles: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Origin]:
    """The origin of each constant of a profile, by its name there, such as `gib_per_s.gm_to_mat`.

    What a profile leaves to the one that it is based on has its origin there.

    Args:
        name: of the profile.
        profiles: the sections `cost.<name>` of an architecture file.

    Raises:
        ValueError: a constant has no unit, no source, or no uncertainty.
    """
    raw = profiles[name]
    origins = dict(read_origins(raw["based_on"], profiles)) if "based_on" in raw else dict[str, Origin]()
    costs = {key: value for key, value in raw.items() if key != _ERRORS}
    origins.update({".".join(path): _origin(f"cost.{name}", path, raw) for path in _constants(costs)})
    return origins


def _constants(table: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """The paths of what is a number, or a list of numbers."""
    for key, value in constants_in(table).items():
        if isinstance(value, Mapping):
            yield from ((key, *rest) for rest in _constants(table[key]))
        elif isinstance(value, int | float) or (isinstance(value, list) and not isinstance(table[key][0], str)):
            yield (key,)


def _origin(section: str, path: Sequence[str], raw: Mapping[str, Any]) -> Origin:
    words: dict[str, Any] = {word: _word(word, path, raw) for word in ("unit", "source", "uncertainty")}
    for word, said in words.items():
        if said is None:
            raise ValueError(f"{section}: {'.'.join(path)} has no {word}")
    uncertainty = words["uncertainty"]
    return Origin(words["unit"], words["source"], None if uncertainty == UNKNOWN else float(uncertainty))


def _word(word: str, path: Sequence[str], table: Mapping[str, Any]) -> Any:
    """What the innermost table that says a word about a constant says."""
    nearer = _word(word, path[1:], table[path[0]]) if len(path) > 1 else None
    return _chosen(table.get(word), path) if nearer is None else nearer


def _chosen(said: Any, path: Sequence[str]) -> Any:
    """What is said of the constant at a path: the same of all, or by its name."""
    if not isinstance(said, Mapping):
        return said
    names = cast("Mapping[str, Any]", said)
    return _chosen(names.get(path[0], names.get(_OTHERS)), path[1:]) if path else None
