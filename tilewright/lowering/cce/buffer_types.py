"""The C++ type of the variable of a buffer: as wide as the memory under it, which a part keeps."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects import scf
from xdsl.dialects.memref import SubviewOp
from xdsl.ir import Operation, OpResult, SSAValue

from tilewright.arch.chip import element_bits
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import TileBufType
from tilewright.dialects.pto.core_ops import BindTileOp, BitcastOp, PointerCastOp, SubsetOp, TAssignOp, TReshapeOp
from tilewright.dialects.shapes import shape_attr, shape_text
from tilewright.lowering.cce.memref_types import as_tile
from tilewright.lowering.cce.scope import Scope
from tilewright.lowering.cce.types import buffer_type, tile_alias, variable


def variable_type(scope: Scope, value: SSAValue, op: Operation) -> str:
    """Give the C++ type of the variable of a value, with a short name where it is a long one.

    Raises:
        DiagnosticError: TW0331 for a type without a C++ spelling, and what `memory_of` raises.
    """
    is_buffer = buffer_type(value.type, op) is not None
    return variable(memory_of(value, op) if is_buffer else value.type, scope.aliases, op)


def memory_of(value: SSAValue, op: Operation) -> TileBufType:
    """Give the type of the variable of a buffer: as wide as the memory under it, as valid as its own type says.

    Raises:
        DiagnosticError: TW0336 when a part with gaps is seen in another shape, or chosen among others.
    """
    owner = value.owner
    match owner:
        case TAssignOp():
            return memory_of(owner.source, op)
        case SubsetOp():
            return _cut(memory_of(owner.source, op), owner.result.type)
        case SubviewOp():
            sizes = owner.static_sizes.get_values()
            own = _own_type(value, op)
            source = memory_of(owner.source, op)
            return _cut(source, resized(source, (sizes[0], sizes[1]), own.valid_extents))
        case BitcastOp() | TReshapeOp():
            return _seen(owner, op)
        case BindTileOp():
            return as_tile(owner.result.type, op, owner.config)
        case PointerCastOp():
            return as_tile(owner.result.type, op, owner.config)
        case scf.IfOp() | scf.IndexSwitchOp() | scf.ExecuteRegionOp() if isinstance(value, OpResult):
            return _common(value, [memory_of(choice, op) for choice in _choices(value)], op)
        case _:
            return _own_type(value, op)


def _choices(value: OpResult) -> Sequence[SSAValue]:
    """Give what the result of a branch may be."""
    ends = [block.last_op for region in value.op.regions for block in region.blocks]
    return [end.operands[value.index] for end in ends if isinstance(end, scf.YieldOp)]


def _common(value: SSAValue, types: Sequence[TileBufType], op: Operation) -> TileBufType:
    """Give the one type that a variable has for all that it may stand for."""
    for other in types[1:]:
        if other != types[0]:
            fail(
                "TW0336",
                f"{value_name(value)} is a {tile_alias(types[0])} or a {tile_alias(other)}, in C++ only one of them",
                op,
                help=("choose between parts of buffers that are equally wide",),
            )
    return types[0] if types else _own_type(value, op)


def resized(type_: TileBufType, extents: tuple[int, int], valid: tuple[int, int]) -> TileBufType:
    """Give the type with other extents."""
    parameters = list(type_.parameters)
    parameters[2:4] = shape_attr(extents), shape_attr(valid)
    return TileBufType.new(parameters)


def _own_type(value: SSAValue, op: Operation) -> TileBufType:
    own = buffer_type(value.type, op)
    if own is None:
        fail("TW0331", f"{value_name(value)} is no buffer", op)
    return own


def _cut(source: TileBufType, part: TileBufType) -> TileBufType:
    """Give the type of a part: rows, or columns, keep their distance."""
    if source.slayout.data != "none_box":
        return part
    rows, columns = part.extents
    extents = (rows, source.extents[1]) if source.blayout.data == "row_major" else (source.extents[0], columns)
    return resized(part, extents, part.valid_extents)


def _seen(owner: BitcastOp | TReshapeOp, op: Operation) -> TileBufType:
    """Give the type of a buffer that is seen in another way."""
    source, own = memory_of(owner.source, op), _own_type(owner.source, op)
    result = _own_type(owner.result, op)
    if source.extents == own.extents:
        return result
    same_width = element_bits(str(source.element_type)) == element_bits(str(result.element_type))
    if isinstance(owner, TReshapeOp) or not same_width:
        fail(
            "TW0336",
            f"{value_name(owner.source)} has gaps: its {shape_text(own.extents)} elements lie in "
            f"{shape_text(source.extents)}, so they have no other shape or width",
            op,
            help=("cut whole rows of a row_major tile, or whole columns of a col_major one",),
        )
    return resized(result, source.extents, result.valid_extents)
