"""The host headers have every instruction that emitted C++ calls on a2a3."""

from __future__ import annotations

import re
from importlib.resources import files

_HOST = files("tilewright.lowering.cce").joinpath("host", "tilewright")
_EMITTERS = (
    "core_pipes",
    "cube",
    "movement",
    "buffers",
    "tiles",
    "vector_elementwise",
    "vector_rearrangement",
    "vector_reductions",
    "vector_sums",
)
_ONLY_A5 = {"TMATMUL_MX"}


def _emitted() -> set[str]:
    """Names of functions of the library in the files that write instructions."""
    found: set[str] = set()
    for name in _EMITTERS:
        text = files("tilewright.lowering.cce").joinpath(f"{name}.py").read_text()
        found |= set(re.findall(r'f?"(T[A-Z0-9_]+)[<"]', text))
    return {name for name in found if not re.fullmatch(r"TW\d+|TILE_\w+", name)} - _ONLY_A5


def _remembered() -> set[str]:
    return set(re.findall(r"#define (T\w+) ", _HOST.joinpath("places.hpp").read_text()))


def _defined() -> set[str]:
    headers = (each for each in _HOST.iterdir() if each.name.endswith(".hpp"))
    return {name for header in headers for name in re.findall(r"void (T[A-Z0-9_]+)\(", header.read_text())}


def test_every_emitted_instruction_is_defined() -> None:
    assert _emitted() - _defined() == set()


def test_every_instruction_remembers_where_it_stands() -> None:
    assert _remembered() == _defined()


def test_headers_are_short() -> None:
    assert all(len(each.read_text().splitlines()) < 300 for each in _HOST.iterdir())
