"""What instructions of the vector core leave of scratch memory, and of sources that the library works in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tilewright.dialects.diagnostics import DiagnosticError

Compute = Callable[..., list[Any]]

F32, I32, I16 = (f"16x32x{element}" for element in ("f32", "i32", "i16"))
COLUMN = "16x1xf32, blayout=col_major"
MASK, BYTES = "16x32xui8, valid=16x4", "16x32xui8"
QUANT = "{quant_type = #pto<quant_type INT8_SYM>}"


def _left(compute: Compute, instruction: str, tiles: dict[str, str]) -> Any:
    """What is in `%t`, a tile of ones, after an instruction whose other sources hold ones, too."""
    constants = {"x": ("f32", "1.0"), "n": ("i16", "1"), "v": ("vector<4xi16>", "dense<0>")}
    used = {key: value for key, value in constants.items() if f"%{key}" in instruction}
    return compute(instruction, tiles, "t", used, **{name: 1 for name in tiles if name != "d"})[0]


@pytest.mark.parametrize(
    "instruction, tiles",
    [
        ("pto.txor ins(%a, %b, %t) outs(%d)", dict.fromkeys("abtd", I16)),
        ("pto.txors ins(%a, %n, %t) outs(%d)", dict.fromkeys("atd", I16)),
        ("pto.trem ins(%a, %b, %t) outs(%d)", dict.fromkeys("abtd", F32)),
        ("pto.trems ins(%a, %x, %t) outs(%d)", dict.fromkeys("atd", F32)),
        ("pto.tprelu ins(%a, %b, %t) outs(%d)", {"a": F32, "b": F32, "t": BYTES, "d": F32}),
        ("pto.trsqrt ins(%a, %t) outs(%d)", dict.fromkeys("atd", F32)),
        ("pto.tsel ins(%m, %a, %b, %t) outs(%d)", {"m": MASK, "a": F32, "b": F32, "t": BYTES, "d": F32}),
        ("pto.tsels ins(%m, %a, %t, %x) outs(%d)", {"m": MASK, "a": F32, "t": BYTES, "d": F32}),
        *(
            (f"pto.trow{name} ins(%a, %t) outs(%d)", {"a": F32, "t": F32, "d": COLUMN})
            for name in ("sum", "max", "min", "prod")
        ),
        *(
            (f"pto.trowarg{name} ins(%a, %t) outs(%d)", {"a": F32, "t": F32, "d": COLUMN.replace("f32", "i32")})
            for name in ("max", "min")
        ),
        *(
            (f"pto.tcolarg{name} ins(%a, %t) outs(%d)", {"a": F32, "t": F32, "d": "1x32xi32"})
            for name in ("max", "min")
        ),
        ("pto.tcolsum ins(%a, %t {isBinary = true}) outs(%d)", {"a": F32, "t": F32, "d": "1x32xf32"}),
        ("pto.trowexpandsub ins(%a, %c, %t) outs(%d)", {"a": F32, "c": COLUMN, "t": F32, "d": F32}),
        ("pto.ttrans ins(%a, %t) outs(%d)", {"a": F32, "t": F32, "d": "32x16xf32"}),
        ("pto.tgather ins(%a, %i, %t) outs(%d)", {"a": I16, "i": I32, "t": I32, "d": I16}),
        (
            "pto.tgather ins(%a, %x, %t) outs(%d, %c) {cmpMode = #pto<cmp gt>, offset = 7 : i32}",
            {"a": F32, "t": BYTES, "d": I32, "c": "1x16xi32"},
        ),
        (
            "pto.tmrgsort ins(%a, %b, %t {exhausted = false}) outs(%d, %v)",
            {"a": "1x32xf32", "b": "1x32xf32", "t": "1x64xf32", "d": "1x64xf32"},
        ),
        (
            "pto.tsort32 ins(%a, %i, %t) outs(%d)",
            {"a": "1x48xf32", "i": "1x48xui32", "t": "1x64xf32", "d": "1x128xf32"},
        ),
        (
            "pto.tcvt ins(%a, %t {rmode = #pto<round_mode RINT>, sat_mode = #pto<saturation_mode OFF>}) outs(%d)",
            {"a": F32, "t": F32, "d": I16},
        ),
        (f"pto.tquant ins(%t, %c) outs(%d) {QUANT}", {"t": F32, "c": COLUMN, "d": "16x32xi8"}),
    ],
)
def test_is_nobodys_value(compute: Compute, instruction: str, tiles: dict[str, str]) -> None:
    """The store of `%t`, the line after the instruction, is refused."""
    with pytest.raises(DiagnosticError) as caught:
        _left(compute, instruction, tiles)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "TW0408"
    assert diagnostic.location is not None
    assert diagnostic.location.line == 3


@pytest.mark.parametrize(
    "instruction, tiles",
    [
        ("pto.tgather ins(%a, %i, %t) outs(%d)", {"a": F32, "i": I32, "t": I32, "d": F32}),
        (
            "pto.tcvt ins(%a, %t {rmode = #pto<round_mode RINT>, sat_mode = #pto<saturation_mode ON>}) outs(%d)",
            {"a": F32, "t": F32, "d": I16},
        ),
        (
            "pto.tcvt ins(%a, %t {rmode = #pto<round_mode RINT>, sat_mode = #pto<saturation_mode OFF>}) outs(%d)",
            {"a": F32, "t": F32, "d": I32},
        ),
        (
            "pto.tsort32 ins(%a, %i, %t) outs(%d)",
            {"a": "1x64xf32", "i": "1x64xui32", "t": "1x64xf32", "d": "1x128xf32"},
        ),
    ],
)
def test_stays_where_the_library_needs_none(compute: Compute, instruction: str, tiles: dict[str, str]) -> None:
    assert (_left(compute, instruction, tiles) == 1).all()


@pytest.mark.parametrize("instruction, other", [("pto.trem ins(%a, %b, %t)", "b"), ("pto.trems ins(%a, %y, %t)", "a")])
def test_remainders_leave_their_sources_rounded(compute: Compute, instruction: str, other: str) -> None:
    """To float32 and back."""
    tiles = dict.fromkeys("abtd", I32)
    value = 2**24 + 1
    constants = {"y": ("i32", "7")} if "%y" in instruction else {}
    for name in {"a", other}:
        (found,) = compute(f"{instruction} outs(%d)", tiles, name, constants, a=value, b=value)
        np.testing.assert_array_equal(found, 2**24)
