"""The verifier: each mistake at its own operation, without dumps, without crashes."""

import pytest
from xdsl.dialects import test
from xdsl.dialects.builtin import ModuleOp, i32
from xdsl.dialects.cf import BranchOp
from xdsl.dialects.func import FuncOp, ReturnOp
from xdsl.ir import Block, Operation, Region
from xdsl.irdl import IRDLOperation, irdl_op_definition
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError, fail
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.dialects.verification import MAX_ERRORS, verify


@irdl_op_definition
class CodedOp(IRDLOperation):
    """Refuses itself with a code in the message."""

    name = "own.coded"

    def verify_(self) -> None:
        raise VerifyException("TW0110: the shapes\n differ")


@irdl_op_definition
class FailingOp(IRDLOperation):
    """Refuses itself with a whole diagnostic."""

    name = "own.failing"

    def verify_(self) -> None:
        fail("TW0111", "no", self, help=["yes"])


@irdl_op_definition
class CrashingOp(IRDLOperation):
    """Has a defective verifier."""

    name = "own.crashing"

    def verify_(self) -> None:
        raise KeyError("x")


def errors(op: Operation) -> tuple[Diagnostic, ...]:
    with pytest.raises(DiagnosticError) as caught:
        verify(op)
    return caught.value.diagnostics


def errors_in(text: str) -> list[str]:
    return [str(d) for d in errors(parse_module(make_context(), text, "k.mlir"))]


def test_a_valid_module_passes() -> None:
    verify(parse_module(make_context(), "func.func @f() {\n  func.return\n}", "k.mlir"))


def test_a_detached_operation_can_be_verified() -> None:
    verify(test.TestOp())
    verify(FuncOp.from_region("f", [], [], Region(Block([ReturnOp()]))))


def test_every_wrong_operation_is_reported_in_order() -> None:
    text = """func.func @f() {
  %y = "arith.subi"() : () -> i32
  %x = "arith.addi"() : () -> i32
  func.return
}"""
    assert [error.split(":")[:2] for error in errors_in(text)] == [["k.mlir", "2"], ["k.mlir", "3"]]


def test_errors_are_limited() -> None:
    assert len(errors(ModuleOp([CodedOp() for _ in range(50)]))) == MAX_ERRORS


def test_an_operation_with_an_error_inside_is_not_verified() -> None:
    # The function misses its type, and `func.return` wants to look at it.
    text = '"func.func"() <{sym_name = "f"}> ({\n  func.return\n}) : () -> ()'
    (error,) = errors_in(text)
    assert "function_type" in error
    assert "TW0100" in error


def test_a_verifier_may_give_its_own_code() -> None:
    (error,) = errors(CodedOp())
    assert (error.code, error.message) == ("TW0110", "the shapes differ")


def test_a_verifier_may_raise_a_whole_diagnostic() -> None:
    (error,) = errors(FailingOp())
    assert (error.code, error.help) == ("TW0111", ("yes",))


def test_a_crash_of_a_verifier_is_an_internal_error_unless_something_else_is_wrong() -> None:
    (error,) = errors(ModuleOp([CrashingOp()]))
    assert error.code == "TW0099"
    assert error.message == "internal error while verifying 'own.crashing': KeyError: 'x'"
    assert [e.code for e in errors(ModuleOp([CrashingOp(), CodedOp()]))] == ["TW0110"]


def test_a_use_of_an_erased_value() -> None:
    lost = test.TestOp(result_types=[i32])
    user = test.TestOp(operands=[lost.results[0]])
    lost.results[0].erase(safe_erase=False)
    (error,) = errors(user)
    assert error.message == "'test.op': uses a value whose definition was erased"


def test_blocks_end_in_terminators() -> None:
    block = Block([test.TestOp()])
    (error,) = errors(test.TestOp(regions=[Region([block, Block([test.TestTermOp()])])]))
    assert error.message == "'test.op': ends its block but is not a terminator"
    (error,) = errors(test.TestOp(regions=[Region([Block(), Block([test.TestTermOp()])])]))
    assert error.message.startswith("'test.op': contains an empty block")


def test_a_branch_stays_in_its_region_and_ends_its_block() -> None:
    elsewhere = Block([test.TestTermOp()])
    func = FuncOp.from_region("f", [], [], Region(Block([BranchOp(elsewhere)])))
    (error,) = errors(func)
    assert error.message == "'cf.br': branches to a block of another region"

    end = Block([ReturnOp()])
    first = Block([BranchOp(end), ReturnOp()])
    (error,) = errors(FuncOp.from_region("f", [], [], Region([first, end])))
    assert error.message == "'cf.br': has successors but does not end its block"

    (error,) = errors(BranchOp(end))
    assert error.message == "'cf.br': has successors but does not end its block"


def test_a_symbol_is_defined_once() -> None:
    text = "func.func private @f()\nfunc.func private @g()\nfunc.func private @f()"
    (error,) = errors(parse_module(make_context(), text, "k.mlir"))
    assert str(error) == "k.mlir:3:1: error: 'func.func': the symbol @f is defined twice [TW0100]"
    assert error.notes == ("it is defined first at k.mlir:1:1",)
