"""Tiles that are needed outside of the scope that made them travel through a tensor in global memory."""

from __future__ import annotations

from xdsl.dialects.builtin import IndexType
from xdsl.ir import Block, Operation, SSAValue
from xdsl.rewriter import InsertPoint

from tilewright.dialects.constants import constant_value
from tilewright.dialects.task import ScopeOp
from tilewright.dialects.tile import AllocTensorOp, StoreOp, TensorType
from tilewright.language.operands import load_window
from tilewright.language.translator import Scope, Translator
from tilewright.language.values import ScalarRef, TensorRef, TileRef, WindowRef


def visible(t: Translator, name: str, value: object) -> object:
    """What a name stands for, in a form that can be used at the current point.

    Raises:
        DiagnosticError: TW0613 for a value that cannot leave its scope.
    """
    match value:
        case TileRef(ssa) if not t.is_visible(ssa) or _outside_of_scope(t, ssa):
            tensor = _spill(t, name, value)
            t.names.bind(name, tensor)
            return tensor
        case ScalarRef(ssa) if not t.is_visible(ssa):
            if (known := constant_value(ssa)) is not None:
                return known if isinstance(ssa.type, IndexType) else ScalarRef(t.constant(known, ssa.type))
            t.fail(
                "TW0613",
                f"'{name}' is a number that was computed in a compute scope, and cannot be read outside of it",
                help=("write it to a tensor there: pl.write(tensor, [i, j], value)",),
            )
        case WindowRef() if not t.is_visible(value.tensor.ssa) or not all(map(t.is_visible, value.offsets)):
            tensor = _spill(t, name, _loaded(t, name, value))
            t.names.bind(name, tensor)
            return tensor
        case TensorRef(ssa) if not t.is_visible(ssa):
            t.fail("TW0613", f"'{name}' is a tensor that was made in a compute scope", help=("create it outside",))
        case _:
            return value


def _outside_of_scope(t: Translator, value: SSAValue) -> bool:
    """Whether a tile was made outside of the compute scope that the current point is in."""
    if not t.scopes:
        return False
    owner = value.owner
    block = owner if isinstance(owner, Block) else owner.parent
    position = next(index for index, each in enumerate(t.blocks) if each is t.scopes[-1].body)
    return all(block is not each for each in t.blocks[position:])


def _spill(t: Translator, name: str, tile: TileRef) -> TensorRef:
    scope = _scope_of(tile.ssa)
    if scope is None:
        t.fail("TW0604", f"'{name}' is read where it may not have been assigned yet")
    if scope.blocks is not None:
        t.fail(
            "TW0613",
            f"'{name}' is a tile that each block of a pl.spmd scope has of its own; it cannot be read outside",
            help=("assemble the parts into one tensor: out = pl.assemble(out, tile, [row, column])",),
        )
    outer = scope.parent
    assert outer is not None
    tensor = AllocTensorOp(TensorType.of(tile.type.extents, tile.type.element_type))
    t.emit_at(tensor, InsertPoint.before(scope))
    tensor.result.name_hint = name
    with t.inside(scope.body.block):
        zero = t.index(0)
        t.emit(StoreOp(tile.ssa, tensor.result, [zero, zero]))
    return TensorRef(tensor.result)


def _loaded(t: Translator, name: str, window: WindowRef) -> TileRef:
    """What a slice holds, read in the scope in which it was taken."""
    scope = _scope_of(next((each for each in window.offsets if not t.is_visible(each)), window.tensor.ssa))
    if scope is None or scope.body.block is not window.block or not t.is_visible(window.tensor.ssa):
        t.fail("TW0613", f"'{name}' is a slice that was taken in a compute scope; take it again outside of it")
    t.scopes.append(Scope(scope.label.data, scope.body.block, scope))
    with t.inside(scope.body.block):
        tile = load_window(t, window)
    t.scopes.pop()
    return tile


def _scope_of(value: SSAValue) -> ScopeOp | None:
    owner = value.owner
    op: Operation | None = owner if isinstance(owner, Operation) else owner.parent_op()
    while op is not None and not isinstance(op, ScopeOp):
        op = op.parent_op()
    return op
