"""Stores of random parts of a tensor, in loops: after `insert-sync` no two of one pipe can be turned around."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from xdsl.dialects.builtin import ModuleOp

from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import collect_diagnostics
from tilewright.dialects.pto import BarrierOp
from tilewright.execution.races.checker import check_order

from .compiled import compiled

_TILE, _VIEW = "!pto.tile_buf<vec, 8x64xf32>", "!pto.tensor_view<?x?xf32>"
_PART = "!pto.partition_tensor_view<8x64xf32>"
_LOOPS = ("i", "j")


@st.composite
def _offset(draw: st.DrawFn, name: str, factors: list[int]) -> list[str]:
    """Lines that compute an offset from the loops around."""
    lines = [f"%{name}_start = arith.constant {draw(st.sampled_from([128, 136, 192]))} : index"]
    last = f"%{name}_start"
    for loop in _LOOPS:
        lines.append(f"%{name}_by_{loop} = arith.constant {draw(st.sampled_from(factors))} : index")
        lines.append(f"%{name}_of_{loop} = arith.muli %{loop}, %{name}_by_{loop} : index")
        lines.append(f"%{name}_with_{loop} = arith.addi {last}, %{name}_of_{loop} : index")
        last = f"%{name}_with_{loop}"
    return [*lines, f"%{name} = arith.addi {last}, %c0 : index"]


@st.composite
def _kernels(draw: st.DrawFn) -> str:
    stride = draw(st.sampled_from([4, 64, 256]))
    body: list[str] = []
    for store in range(draw(st.integers(1, 3))):
        body += draw(_offset(f"row{store}", [0, 1, 8, 16, -8]))
        body += draw(_offset(f"column{store}", [0, 64, 128]))
        body.append(
            f"%w{store} = pto.partition_view %v, offsets = [%row{store}, %column{store}], sizes = [%c8, %c64] "
            f": {_VIEW} -> {_PART}"
        )
        adds = draw(st.sampled_from(["", " {atomicType = #pto<atomic_type atomic_add>}"]))
        body.append(f"pto.tstore ins(%t : {_TILE}) outs(%w{store} : {_PART}){adds}")
    ends = [draw(st.sampled_from(["%n", "%c3"])) for _ in _LOOPS]
    step = draw(st.sampled_from(["%c1", "%c2"]))
    return f"""\
func.func @kernel(%p: !pto.ptr<f32>, %n: index) attributes {{pto.kernel_kind = #pto.kernel_kind<vector>}} {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %stride = arith.constant {stride} : index
  %many = arith.constant 4096 : index
  %zero = arith.constant 0 : i64
  %base = arith.constant 4096 : index
  %q = pto.addptr %p, %base : !pto.ptr<f32> -> !pto.ptr<f32>
  %t = pto.alloc_tile addr = %zero : {_TILE}
  %v = pto.make_tensor_view %q, shape = [%many, %many], strides = [%stride, %c1] : {_VIEW}
  scf.for %i = %c0 to {ends[0]} step {step} {{
    scf.for %j = %c0 to {ends[1]} step %c1 {{
{chr(10).join(body)}
    }}
  }}
  return
}}"""


def _barriers(module: ModuleOp) -> list[BarrierOp]:
    return [op for op in module.walk() if isinstance(op, BarrierOp) and op.pipe.data is Pipe.MTE3]


@given(_kernels())
@settings(deadline=None, max_examples=60)
def test_stores_that_may_meet_are_kept_apart(text: str) -> None:
    with collect_diagnostics(lambda _: None):
        module = compiled(text, "insert-sync")
        assert [found.code for found in check_order(module) if found.code == "TW0433"] == []


def test_stores_that_meet_and_stores_that_do_not() -> None:
    head = """func.func @kernel(%p: !pto.ptr<f32>, %n: index) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i64
"""
    body = f"""  %t = pto.alloc_tile addr = %zero : {_TILE}
  %v = pto.make_tensor_view %p, shape = [%n, %c64], strides = [%c64, %c1] : {_VIEW}
  scf.for %i = %c0 to %n step %STEP {{
    %w = pto.partition_view %v, offsets = [%i, %c0], sizes = [%c8, %c64] : {_VIEW} -> {_PART}
    pto.tstore ins(%t : {_TILE}) outs(%w : {_PART})
  }}
  return
}}"""
    assert not _barriers(compiled(head + body.replace("STEP", "c8"), "insert-sync"))
    assert len(_barriers(compiled(head + body.replace("STEP", "c1"), "insert-sync"))) == 1
