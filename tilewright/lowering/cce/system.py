"""The core that runs a kernel: which block it is, what only one kind of core runs, what it prints."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager

from xdsl.dialects.builtin import BFloat16Type, Float16Type

from tilewright.dialects.pto import KernelKind
from tilewright.dialects.pto.core_ops import (
    GetBlockIdxOp,
    GetBlockNumOp,
    GetSubBlockIdxOp,
    GetSubBlockNumOp,
    PrintOp,
    SectionCubeOp,
    SectionVectorOp,
    TrapOp,
)
from tilewright.dialects.pto.system import BlockQueryOp, SectionOp
from tilewright.lowering.cce.expressions import Call, Cast, Name
from tilewright.lowering.cce.scope import Handler, Handlers, Scope
from tilewright.lowering.cce.writer import Writer

_GUARDS: Mapping[KernelKind, tuple[str, Sequence[str]]] = {
    KernelKind.CUBE: ("__DAV_CUBE__", ()),
    # Vector instructions inherit the mask from whatever ran before, so every lane is enabled first.
    KernelKind.VECTOR: ("__DAV_VEC__", ("set_mask_norm();", "set_vector_mask(-1, -1);")),
}

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


@contextmanager
def guarded(writer: Writer, kind: KernelKind | None) -> Generator[None]:
    """Let only one kind of core compile the lines that are added inside the `with` block; all do for None."""
    if kind is None:
        yield
        return
    guard, prologue = _GUARDS[kind]
    writer.directive(f"#if defined({guard})")
    with writer.indented():
        for line in prologue:
            writer.line(line)
    yield
    writer.directive(f"#endif  // {guard}")


def _query(function: str, default: str) -> Handler:
    """Let an op be written as a variable; the functions return fewer bits on some targets than the op."""

    def emit(scope: Scope, op: BlockQueryOp) -> None:
        scope.define(op.result, Call(function, ()), op, default)

    return emit


def _section(kind: KernelKind) -> Handler:
    def emit(scope: Scope, op: SectionOp) -> None:
        with guarded(scope.writer, kind):
            scope.block(op.body.block)

    return emit


def _print(scope: Scope, op: PrintOp) -> None:
    """C++ takes no half in a list of any arguments, so it is widened."""
    value = scope.read(op.scalar)
    if isinstance(op.scalar.type, Float16Type | BFloat16Type):
        value = Cast("float", value)
    scope.call("cce::printf", (Name(_quoted(op.format.data or "%f")), value), op)


def _quoted(text: str) -> str:
    letters = (_ESCAPES.get(letter) or (letter if letter >= " " else f"\\{ord(letter):03o}") for letter in text)
    return f'"{"".join(letters)}"'


def _trap(scope: Scope, op: TrapOp) -> None:
    scope.call("trap", (), op)


HANDLERS: Handlers = {
    GetBlockIdxOp: _query("get_block_idx", "block"),
    GetBlockNumOp: _query("get_block_num", "blocks"),
    GetSubBlockIdxOp: _query("get_subblockid", "subblock"),
    GetSubBlockNumOp: _query("get_subblockdim", "subblocks"),
    PrintOp: _print,
    SectionCubeOp: _section(KernelKind.CUBE),
    SectionVectorOp: _section(KernelKind.VECTOR),
    TrapOp: _trap,
}
