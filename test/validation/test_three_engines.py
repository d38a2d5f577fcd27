"""Generated programs: the value, the physical and the native engine agree, with numpy where it has a say.

The programs are always the same; `python -m benchmarks.three_engines` runs any number of others.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from .generated_programs import Generated, Output
from .numeric_programs import Array, dtype_of, numbers, shape_of
from .oracles import needs_compiler
from .three_engines import check, generated
from .vector_programs import Program

pytestmark = needs_compiler


@pytest.fixture(autouse=True, scope="module")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TILEWRIGHT_CACHE", str(tmp_path_factory.mktemp("compiled")))
        yield


@pytest.mark.parametrize("family, count, engines", [("tile", 18, 3), ("cube", 12, 2), ("vector", 30, 2)])
def test_generated_programs(family: str, count: int, engines: int) -> None:
    outcomes = check(generated(family, count, 7))
    assert not [(outcome.reason, outcome.program.text) for outcome in outcomes if outcome.state != "agree"]
    assert len(outcomes) == count
    assert all(outcome.engines == engines for outcome in outcomes)
    # Numpy has a say on most outputs, not on few.
    assert sum(outcome.told for outcome in outcomes) > 0.8 * sum(len(outcome.program.outputs) for outcome in outcomes)


F32, F16, I32, I16, MASK = "16x32xf32", "16x32xf16", "16x32xi32", "16x32xi16", "16x32xui8, valid=16x4"


def _zeros(type_: str, seed: int) -> Array:
    """Zeros of both signs among other numbers."""
    random = np.random.default_rng(seed)
    return random.choice([0.0, -0.0, 1.0, -1.0], shape_of(type_)).astype(dtype_of(type_))


DIFFERED = {
    "i32-not-equal": (
        {"a": I32, "b": I32, "m": MASK, "n": MASK},
        """
        pto.tcmp ins(%a, %b {cmpMode = #pto<cmp ne>}) outs(%m)
        pto.tcmps ins(%a, %x {cmpMode = #pto<cmp ne>}) outs(%n)
        """,
        {"x": ("i32", "3")},
    ),
    # The source stays behind as floating-point numbers.
    "quotients-of-i16": ({"a": I16, "d": I16}, "pto.tdivs ins(%a, %x) outs(%d)", {"x": ("i16", "-9")}),
    "quotients-of-i32": ({"a": I32, "d": I32}, "pto.tdivs ins(%x, %a) outs(%d)", {"x": ("i32", "16777217")}),
    "quotients-in-place": ({"a": F32}, "pto.tdivs ins(%a, %x) outs(%a)", {"x": ("f32", "3.0")}),
    "zeros": (
        {"a": F32, "b": F32, "d": F32, "e": F32},
        """
        pto.tmax ins(%a, %b) outs(%d)
        pto.tmin ins(%a, %b) outs(%e)
        """,
        {},
    ),
    "rounded-to-zero": ({"a": F32, "d": F32}, "pto.tcvt ins(%a {rmode = #pto<round_mode ROUND>}) outs(%d)", {}),
    "columns-as-a-tree": (
        {"a": F16, "t": F16, "r": "1x32xf16", "s": "1x32xf16"},
        """
        pto.tcolsum ins(%a) outs(%r)
        pto.tcolsum ins(%a, %t {isBinary = true}) outs(%s)
        """,
        {},
    ),
    "rests": (
        {"a": F32, "b": F32, "t": F32, "d": F32, "e": F32},
        """
        pto.trem ins(%a, %b, %t) outs(%d)
        pto.tfmod ins(%a, %b) outs(%e)
        """,
        {},
    ),
}


def _program(name: str) -> Generated:
    tiles, body, constants = DIFFERED[name]
    kept = tuple(tile for tile in tiles if tile != "t")
    text = Program(tiles, body, kept, kept, constants=constants).text.replace("@vector", "@kernel")
    values = _zeros if name == "zeros" else numbers
    arrays = tuple(values(tiles[tile], seed) for seed, tile in enumerate(kept))
    return Generated("vector", text, arrays, tuple(Output(at, None) for at in range(len(kept))))


def test_what_once_differed() -> None:
    outcomes = check([_program(name) for name in DIFFERED])
    assert [outcome.reason for outcome in outcomes if outcome.state != "agree"] == []
    assert len(outcomes) == len(DIFFERED)
