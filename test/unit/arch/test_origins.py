"""Where the constants of the cost profiles come from."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from tilewright.arch.chip import load_chip
from tilewright.arch.origins import WORDS, read_origins

PROFILES: dict[str, dict[str, Any]] = tomllib.loads(files("tilewright.arch").joinpath("a2a3.toml").read_text())["cost"]
COSTS = load_chip().costs


def numbers(table: dict[str, Any], path: str = "") -> Iterator[str]:
    """The names of all that has a number in it, but for what is said about constants."""
    for key, value in table.items():
        if key in WORDS:
            continue
        if isinstance(value, dict):
            yield from numbers(value, f"{path}{key}.")
        elif any(isinstance(each, int | float) for each in (value if isinstance(value, list) else [value])):
            yield path + key


def constants(profile: str) -> set[str]:
    # A calibration says how far the profile as a whole is off.
    return {name for name in numbers(PROFILES[profile]) if not name.startswith("calibration.")}


@pytest.mark.parametrize("profile", PROFILES)
def test_every_constant_has_a_unit_a_source_and_an_uncertainty(profile: str) -> None:
    expected = constants(profile) | constants("isa")
    assert set(COSTS[profile].origins) == expected
    assert len(expected) >= 120
    for name in expected:
        origin = COSTS[profile].origins[name]
        assert origin.unit, name
        assert origin.source, name
        assert origin.uncertainty is None or 0 <= origin.uncertainty < 1, name
        assert COSTS[profile].uncertainty_of(name) == origin.uncertainty


@pytest.mark.parametrize(
    ("ending", "unit"),
    [
        ("_cycles", "cycles"),
        ("_bytes", "bytes"),
        ("gib_per_s", "GiB/s"),
        (".row", "cycles/row"),
        (".fold", "cycles/repeat"),
        (".fixed", "cycles"),
    ],
)
def test_units_are_those_of_the_names(ending: str, unit: str) -> None:
    found = {name: origin.unit for name, origin in COSTS["device"].origins.items() if name.endswith(ending)}
    assert len(found) > 0
    assert set(found.values()) == {unit}


def test_all_rates_and_intrinsics_have_one_unit() -> None:
    origins = COSTS["device"].origins
    assert {origins[name].unit for name in origins if name.startswith("gib_per_s.")} == {"GiB/s"}
    intrinsics = {origins[name].unit for name in origins if name.startswith("vector.intrinsics.")}
    assert intrinsics == {"cycles, cycles/repeat, cycles"}


def said(table: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Each word that is said by names, with the table that it is said in."""
    for key, value in table.items():
        if isinstance(value, dict):
            if key in WORDS:
                yield key, value, table
            else:
                yield from said(value)


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_is_said_of_what_is_not_there(profile: str) -> None:
    found = list(said(PROFILES[profile]))
    assert len(found) > 3
    for word, names, table in found:
        assert {name for name in names if name != "default"} <= set(table), (word, names)


def test_a_constant_has_the_origin_of_the_profile_that_gives_it() -> None:
    isa, device = COSTS["isa"].origins, COSTS["device"].origins
    assert device["gib_per_s.gm_to_vec"] == isa["gib_per_s.gm_to_vec"]
    assert device["gib_per_s.acc_to_gm"].source.startswith("fitted to the table of ")
    assert (isa["gib_per_s.acc_to_gm"].uncertainty, device["gib_per_s.acc_to_gm"].uncertainty) == (0.8, 0.05)


def test_what_nobody_measured_is_unknown() -> None:
    device = COSTS["device"]
    for name in ("row_ops.trowmax.row", "vector.default", "gib_per_s.vec_to_gm", "matmul.cycles_per_fractal.i8"):
        assert device.uncertainty_of(name) is None
    assert device.uncertainty_of("vector.intrinsics.vadd") == 0.05
    with pytest.raises(KeyError):
        device.uncertainty_of("vector.intrinsics.vsomething")


@pytest.mark.parametrize("word", ["unit", "uncertainty"])
def test_a_constant_without_a_word_is_refused(word: str) -> None:
    profiles = copy.deepcopy(PROFILES)
    del profiles["device"]["memory"][word]["l2_megabytes"]
    with pytest.raises(ValueError, match=f"^cost.device: memory.l2_megabytes has no {word}$"):
        read_origins("device", profiles)


def test_the_nearest_words_hold() -> None:
    profiles: dict[str, dict[str, Any]] = {
        "p": {
            "source": "outer",
            "unit": {"a": "m", "default": "s"},
            "uncertainty": "unknown",
            "a": 1,
            "t": {"source": {"c": "inner"}, "b": 1.5, "c": [1, 2], "names": ["x"], "d": {"uncertainty": 0, "e": 3}},
            "calibration": {"class": {"error": 0.1}},
        }
    }
    found = {name: (each.unit, each.source, each.uncertainty) for name, each in read_origins("p", profiles).items()}
    assert found == {
        "a": ("m", "outer", None),
        "t.b": ("s", "outer", None),
        "t.c": ("s", "inner", None),
        "t.d.e": ("s", "outer", 0.0),
    }
    del profiles["p"]["source"]
    with pytest.raises(ValueError, match=r"^cost.p: a has no source$"):
        read_origins("p", profiles)
