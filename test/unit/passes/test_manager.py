"""Running passes: verification between them, what happens when one fails, locations."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import pytest
from xdsl.context import Context
from xdsl.dialects import test
from xdsl.dialects.arith import AddiOp, ConstantOp
from xdsl.dialects.builtin import ModuleOp, i32
from xdsl.dialects.func import FuncOp
from xdsl.ir import Block, Region
from xdsl.passes import ModulePass
from xdsl.pattern_rewriter import (
    PatternRewriter,
    PatternRewriteWalker,
    RewritePattern,
    op_type_rewrite_pattern,
)
from xdsl.utils.exceptions import PassFailedException

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError, fail, location_of
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.passes.locations import Located, inherit_locations
from tilewright.passes.manager import PassHooks, run_passes

TEXT = """func.func @f() -> i32 {
  %x = arith.constant 1 : i32
  %y = arith.addi %x, %x : i32
  func.return %y : i32
}"""


@dataclass(frozen=True)
class ActPass(ModulePass):
    """Does to the module what it is told."""

    name = "act"
    act: ClassVar[Callable[[ModuleOp], None]]

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        type(self).act(op)


def acting(action: Callable[[ModuleOp], None], called: str = "act") -> ModulePass:
    class Pass(ActPass):
        name = called
        act = staticmethod(action)

    return Pass()


def nothing(_module: ModuleOp) -> None:
    """Leave the module as it is."""


def break_module(module: ModuleOp) -> None:
    """Remove the terminator of the function."""
    func = next(op for op in module.ops if isinstance(op, FuncOp))
    last = func.body.blocks[0].last_op
    assert last is not None
    last.detach()
    last.erase()


def run(*passes: ModulePass, verify_each: bool = True, hooks: PassHooks | None = None) -> ModuleOp:
    ctx = make_context()
    module = parse_module(ctx, TEXT, "k.mlir")
    run_passes(ctx, module, passes, verify_each=verify_each, hooks=hooks)
    return module


def error(*passes: ModulePass, verify_each: bool = True) -> Diagnostic:
    with pytest.raises(DiagnosticError) as caught:
        run(*passes, verify_each=verify_each)
    (only,) = caught.value.diagnostics
    return only


def raising(exception: BaseException) -> ModulePass:
    def act(_module: ModuleOp) -> None:
        raise exception

    return acting(act)


def test_the_input_is_verified_even_without_passes() -> None:
    ctx = make_context()
    module = parse_module(ctx, "func.func @f() {\n  %x = arith.constant 1 : i1\n}", "k.mlir")
    with pytest.raises(DiagnosticError) as caught:
        run_passes(ctx, module, ())
    assert caught.value.diagnostics[0].notes == ()


def test_a_pass_that_breaks_the_program_is_named() -> None:
    found = error(acting(nothing, "good"), acting(break_module, "bad"), acting(nothing, "later"))
    assert found.code == "TW0100"
    assert found.notes[-1] == "found after pass 'bad', which must leave a valid program"


def test_without_verify_each_only_the_end_is_verified() -> None:
    found = error(acting(break_module, "bad"), acting(nothing, "later"), verify_each=False)
    assert "'later'" in found.notes[-1]


def test_a_diagnostic_of_a_pass_is_left_alone() -> None:
    def act(module: ModuleOp) -> None:
        fail("TW0203", "too big", list(module.walk())[3])

    assert str(error(acting(act))) == "k.mlir:3:8: error: too big [TW0203]"


@pytest.mark.parametrize(
    ("exception", "code", "message"),
    [
        (PassFailedException("cannot"), "TW0010", "pass 'act': cannot"),
        (PassFailedException("TW0301: cannot"), "TW0301", "pass 'act': cannot"),
        (KeyError("x"), "TW0099", "internal error in pass 'act': KeyError: 'x'"),
        (AssertionError(), "TW0099", "internal error in pass 'act': AssertionError"),
        (RecursionError(), "TW0006", "nested too deep for pass 'act'"),
    ],
)
def test_any_failure_of_a_pass_is_a_diagnostic(exception: Exception, code: str, message: str) -> None:
    found = error(raising(exception))
    assert (found.code, found.message, str(found.location)) == (code, message, "k.mlir")


def test_an_interrupt_is_not_swallowed() -> None:
    with pytest.raises(KeyboardInterrupt):
        run(raising(KeyboardInterrupt()))


def test_hooks_see_each_pass_and_the_time() -> None:
    seen: list[str] = []
    hooks = PassHooks(
        before=lambda p, m: seen.append(f"before {p.name} {len(list(m.walk()))}"),
        after=lambda p, m: seen.append(f"after {p.name} {len(list(m.walk()))}"),
        time=lambda name, seconds: seen.append(f"time {name} {seconds >= 0}"),
    )
    run(acting(lambda m: m.body.blocks[0].add_op(test.TestOp())), hooks=hooks)
    assert seen == [
        "time verify True",
        "before act 5",
        "time act True",
        "after act 6",
        "time verify True",
    ]


def test_what_a_pass_creates_has_a_location() -> None:
    def act(module: ModuleOp) -> None:
        constant = list(module.walk())[2]
        block = constant.parent
        assert block is not None
        block.insert_ops_after([test.TestOp(regions=[Region(Block([test.TestTermOp()]))])], constant)
        block.insert_ops_before([test.TestOp()], constant)

    module = run(acting(act))
    places = [str(location_of(op)).removeprefix("k.mlir:") for op in module.walk()]
    # First in the block: the function's; after the constant, and inside that: the constant's.
    assert places == ["k.mlir", "1:1", "1:1", "2:8", "2:8", "2:8", "3:8", "4:3"]


class Double(RewritePattern):
    """Replaces `x + x` by `(x + x) + 0`, in three operations without a location."""

    @op_type_rewrite_pattern
    def match_and_rewrite(self, op: AddiOp, rewriter: PatternRewriter) -> None:
        zero = ConstantOp.from_int_and_width(0, i32)
        inner = AddiOp(op.lhs, op.rhs)
        rewriter.replace(op, [zero, inner, AddiOp(inner.result, zero.result)])


def test_a_located_pattern_gives_the_location_of_what_it_matches() -> None:
    module = parse_module(make_context(), TEXT, "k.mlir")
    walker = PatternRewriteWalker(Located(Double()), apply_recursively=False)
    walker.rewrite_module(module)
    lines = [str(location_of(op)).split(":")[1:2] for op in module.walk()]
    assert lines == [[], ["1"], ["2"], ["3"], ["3"], ["3"], ["4"]]


def test_inherited_locations_leave_known_ones_alone() -> None:
    module = parse_module(make_context(), TEXT, "k.mlir")
    before = [op.location for op in module.walk()]
    inherit_locations(module)
    assert [op.location for op in module.walk()] == before
