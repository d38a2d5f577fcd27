"""A module with a kernel of the cube core and one of the vector core, which are launched together."""

from __future__ import annotations

import numpy as np
import pytest
from xdsl.dialects import func
from xdsl.dialects.builtin import StringAttr

from tilewright.dialects.pto import KernelKind, KernelKindAttr
from tilewright.execution.runner import Engine, run_function

from .compiled import compiled

_FOR_CUBE, _FOR_VECTOR = (f"pto.kernel_kind = #pto.kernel_kind<{kind}>" for kind in ("cube", "vector"))
_HEAD = """({arguments}){attributes} {{
  %c0 = arith.constant 0 : index
"""
_ARGUMENTS = (
    "%a: !tile.tensor<16x32xf16>, %b: !tile.tensor<32x16xf16>, %product: !tile.tensor<16x16xf32>, "
    "%twice: !tile.tensor<16x32xf16>"
)
_CUBE = """
  %x = tile.load %a[%c0, %c0] : !tile.tensor<16x32xf16> -> !tile.tile<16x32xf16>
  %y = tile.load %b[%c0, %c0] : !tile.tensor<32x16xf16> -> !tile.tile<32x16xf16>
  %r = tile.matmul %x, %y : !tile.tile<16x32xf16>, !tile.tile<32x16xf16> -> !tile.tile<16x16xf32>
  tile.store %r, %product[%c0, %c0] : !tile.tile<16x16xf32>, !tile.tensor<16x16xf32>
  func.return
}
"""
_VECTOR = """
  %x = tile.load %a[%c0, %c0] : !tile.tensor<16x32xf16> -> !tile.tile<16x32xf16>
  %r = tile.add %x, %x : !tile.tile<16x32xf16>, !tile.tile<16x32xf16> -> !tile.tile<16x32xf16>
  tile.store %r, %twice[%c0, %c0] : !tile.tile<16x32xf16>, !tile.tensor<16x32xf16>
  func.return
}
"""


def _module(cube: str = "", vector: str = "") -> str:
    heads = [_HEAD.format(arguments=_ARGUMENTS, attributes=each) for each in (cube, vector)]
    elsewhere = "func.func private @elsewhere(!tile.tensor<16x32xf16>)\n"
    return f"{elsewhere}func.func @cube{heads[0]}{_CUBE}func.func @vector{heads[1]}{_VECTOR}"


def test_they_run_together() -> None:
    """Which core each is for is all that says which of them runs where."""
    module = compiled(_module(), "a2a3")
    random = np.random.default_rng(1)
    a, b = (random.integers(-4, 5, shape).astype(np.float16) for shape in ((16, 32), (32, 16)))
    product, twice = np.zeros((16, 16), np.float32), np.zeros((16, 32), np.float16)
    run_function(module, None, [a, b, product, twice], Engine.PHYSICAL)
    assert np.array_equal(product, a.astype(np.float32) @ b.astype(np.float32))
    assert np.array_equal(twice, a + a)


@pytest.mark.parametrize(
    ("cube", "vector", "launched"),
    [
        ("", "", ["cube", "vector"]),
        (" attributes {pto.entry}", "", ["cube"]),
        ("", " attributes {pto.entry}", ["vector"]),
    ],
)
def test_those_that_are_marked_can_be_launched(cube: str, vector: str, launched: list[str]) -> None:
    module = compiled(_module(cube, vector), "a2a3")
    functions = [op for op in module.ops if isinstance(op, func.FuncOp)]
    assert [each.sym_name.data for each in functions if "pto.entry" in each.attributes] == launched
    assert module.attributes["pto.target_arch"] == StringAttr("a3")


@pytest.mark.parametrize(
    ("cube", "vector"), [("", ""), (f" attributes {{{_FOR_CUBE}}}", f" attributes {{{_FOR_VECTOR}}}")]
)
@pytest.mark.parametrize("chip", ["a2", "a3"])
def test_a_kernel_says_which_core_of_which_chip_runs_it(cube: str, vector: str, chip: str) -> None:
    """What ptoas writes for one core does nothing on the other."""
    text = _module(cube, vector)
    module = compiled(
        text if chip == "a3" else f'module attributes {{pto.target_arch = "{chip}"}} {{\n{text}}}', "a2a3"
    )
    kinds = {
        op.sym_name.data: op.attributes["pto.kernel_kind"]
        for op in module.ops
        if isinstance(op, func.FuncOp) and not op.is_declaration
    }
    assert kinds == {"cube": KernelKindAttr(KernelKind.CUBE), "vector": KernelKindAttr(KernelKind.VECTOR)}
    assert module.attributes["pto.target_arch"] == StringAttr(chip)
