"""The linter on conversions that lose digits."""

from __future__ import annotations

import pytest

from tilewright.dialects.diagnostics import Severity
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.dialects.verification import verify
from tilewright.passes.lint import lint

BOXED = "blayout=col_major, slayout=row_major"


def remarks(instruction: str, source: str, target: str) -> list[tuple[str, Severity]]:
    text = (
        f"func.func @f(%s: {source}, %d: {target}) attributes {{pto.kernel_kind = #pto.kernel_kind<cube>}} {{\n"
        f"pto.{instruction} ins(%s : {source}) outs(%d : {target})\nfunc.return\n}}"
    )
    module = parse_module(make_context(), text, "kernel.pto")
    verify(module)
    return [(each.message, each.severity) for each in lint(module) if each.code == "TW0514"]


@pytest.mark.parametrize(
    ("before", "after", "loses"),
    [
        ("f32", "f16", True),
        ("f32", "bf16", True),
        ("f32", "i32", True),
        ("i32", "i16", True),
        ("i32", "f32", True),
        ("i16", "f32", False),
        ("f16", "f32", False),
        ("bf16", "f32", False),
        ("i8", "f16", False),
    ],
)
def test_conversions(before: str, after: str, loses: bool) -> None:
    found = remarks("tcvt", f"!pto.tile_buf<vec, 16x64x{before}>", f"!pto.tile_buf<vec, 16x64x{after}>")
    message = f"pto.tcvt takes {before} to {after}, which cannot hold all of it"
    assert found == ([(message, Severity.REMARK)] if loses else [])


@pytest.mark.parametrize(("after", "loses"), [("f32", False), ("f16", True), ("bf16", True)])
def test_stores_of_accumulators(after: str, loses: bool) -> None:
    acc = f"!pto.tile_buf<acc, 16x64xf32, {BOXED}, fractal=1024>"
    assert bool(remarks("tstore", acc, f"!pto.partition_tensor_view<16x64x{after}>")) == loses


def test_what_has_no_conversion_at_all_is_left_to_other_rules() -> None:
    acc = f"!pto.tile_buf<acc, 16x64xi32, {BOXED}, fractal=1024>"
    assert remarks("tstore", acc, "!pto.partition_tensor_view<16x64xf16>") == []
