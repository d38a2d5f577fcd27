"""MLIR's own operations as MLIR has them, where xDSL's definitions read less or allow less.

Each takes the place of xDSL's definition of the same name in the dialects that the compiler reads.
"""

from __future__ import annotations

from xdsl.dialects import arith, memref, scf
from xdsl.dialects.builtin import (
    DYNAMIC_INDEX,
    DenseArrayBase,
    IndexType,
    IntegerType,
    MemRefType,
    UnrealizedConversionCastOp,
    i1,
    i64,
)
from xdsl.dialects.utils import DynamicIndexList
from xdsl.ir import Dialect, Operation
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    base,
    irdl_op_definition,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.printer import Printer
from xdsl.traits import NoMemoryEffect, Pure
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.fields import typed_operand, typed_operands

_INDEX_OR_INTEGER = base(IntegerType) | base(IndexType)


@irdl_op_definition
class ReinterpretCastOp(IRDLOperation):
    """The same memory in another shape; a size that is an operand may be static in the type of the result.

    `%m = memref.reinterpret_cast %s to offset: [%o], sizes: [16], strides: [1] : memref<..> to memref<..>`
    """

    name = "memref.reinterpret_cast"

    source = typed_operand(MemRefType)
    offsets = typed_operands(IndexType)
    sizes = typed_operands(IndexType)
    strides = typed_operands(IndexType)
    static_offsets = prop_def(DenseArrayBase.constr(i64))
    static_sizes = prop_def(DenseArrayBase.constr(i64))
    static_strides = prop_def(DenseArrayBase.constr(i64))
    result = result_def(MemRefType)

    traits = traits_def(NoMemoryEffect())
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    custom_directives = (DynamicIndexList,)

    assembly_format = (
        "$source `to` `offset` `` `:` custom<DynamicIndexList>($offsets, $static_offsets)"
        " `` `,` `sizes` `` `:` custom<DynamicIndexList>($sizes, $static_sizes)"
        " `` `,` `strides` `` `:` custom<DynamicIndexList>($strides, $static_strides)"
        " attr-dict `:` type($source) `to` type($result)"
    )

    def verify_(self) -> None:
        source, result = self.source.type, self.result.type
        if source.element_type != result.element_type or source.memory_space != result.memory_space:
            raise VerifyException("a reinterpret_cast keeps the element type and the memory space")
        for name, given, operands in (
            ("offsets", self.static_offsets.get_values(), self.offsets),
            ("sizes", self.static_sizes.get_values(), self.sizes),
            ("strides", self.static_strides.get_values(), self.strides),
        ):
            dynamic = sum(each == DYNAMIC_INDEX for each in given)
            if dynamic != len(operands):
                raise VerifyException(f"{dynamic} of the {name} are operands, but {len(operands)} operands are given")
        extents, sizes = result.get_shape(), self.static_sizes.get_values()
        if len(extents) != len(sizes):
            raise VerifyException("a reinterpret_cast has a size for each dimension of its result")
        for axis, (extent, size) in enumerate(zip(extents, sizes, strict=True)):
            if DYNAMIC_INDEX not in (extent, size) and extent != size:
                raise VerifyException(f"size {size} of dimension {axis} is typed as {extent}")


@irdl_op_definition
class CastOp(IRDLOperation):
    """The same memory with extents that are known, or forgotten: `%d = memref.cast %m : memref<..> to memref<..>`."""

    name = "memref.cast"

    source = typed_operand(MemRefType)
    dest = result_def(MemRefType)

    traits = traits_def(NoMemoryEffect())

    assembly_format = "$source attr-dict `:` type($source) `to` type($dest)"


@irdl_op_definition
class RemFOp(arith.FloatingPointLikeBinaryOperation):
    """`arith.remf`: the remainder of a division, with the sign of the dividend."""

    name = "arith.remf"

    traits = traits_def(Pure())


@irdl_op_definition
class IndexCastUIOp(IRDLOperation):
    """`arith.index_castui`: an integer as an index or the other way round, widened with zeros."""

    name = "arith.index_castui"

    input = typed_operand(_INDEX_OR_INTEGER)
    result = result_def(_INDEX_OR_INTEGER)

    traits = traits_def(Pure())

    assembly_format = "$input attr-dict `:` type($input) `to` type($result)"

    def verify_(self) -> None:
        if isinstance(self.input.type, IndexType) == isinstance(self.result.type, IndexType):
            raise VerifyException(f"an index_castui goes between index and integers, not from {self.input.type}")


class AddUIExtendedOp(arith.AddUIExtendedOp):
    """`arith.addui_extended`, of an index as well: `%s, %o = arith.addui_extended %a, %b : index, i1`."""

    def verify_(self) -> None:
        if isinstance(self.lhs.type, IndexType):
            if self.overflow.type != i1:
                raise VerifyException(f"the overflow of an index is an i1, got {self.overflow.type}")
            return
        super().verify_()


class ExecuteRegionOp(scf.ExecuteRegionOp):
    """`scf.execute_region`, printed with the ends of its blocks: a block that shows nothing would not be read again."""

    def print(self, printer: Printer) -> None:
        if self.outs:
            printer.print_string(" -> ")
            with printer.in_parens():
                printer.print_list(self.outs.types, printer.print_attribute)
        printer.print_string(" ")
        printer.print_region(self.region, print_entry_block_args=False)
        printer.print_op_attributes(self.attributes)


def changes_sign(cast: UnrealizedConversionCastOp) -> bool:
    """Whether a cast takes the bits of an integer as one of another sign: ui32 as i32, which `arith` computes with."""
    types = [value.type for value in (*cast.inputs, *cast.outputs)]
    widths = [type_.bitwidth for type_ in types if isinstance(type_, IntegerType)]
    return len(types) == len(widths) == 2 and widths[0] == widths[1]


_MENDED: dict[str, type[Operation]] = {op.name: op for op in (ReinterpretCastOp, CastOp, AddUIExtendedOp)}

ARITH = Dialect(
    arith.Arith.name,
    [*(_MENDED.get(op.name, op) for op in arith.Arith.operations), RemFOp, IndexCastUIOp],
    list(arith.Arith.attributes),
)

MEMREF = Dialect(
    memref.MemRef.name,
    [_MENDED.get(op.name, op) for op in memref.MemRef.operations],
    list(memref.MemRef.attributes),
)

SCF = Dialect(
    scf.Scf.name,
    [ExecuteRegionOp if op.name == ExecuteRegionOp.name else op for op in scf.Scf.operations],
    list(scf.Scf.attributes),
)
