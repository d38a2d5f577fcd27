"""Ops of the `pto` dialect on pointers into global memory and on single elements."""

from __future__ import annotations

from abc import ABC
from typing import ClassVar

from xdsl.dialects.builtin import IndexType, MemRefType
from xdsl.ir import Attribute
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    VarConstraint,
    base,
    irdl_op_definition,
    operand_def,
    result_def,
    traits_def,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect, Pure
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.fields import typed_operand
from tilewright.dialects.names import value_name
from tilewright.dialects.pto.attributes import AddressSpace, AddressSpaceAttr
from tilewright.dialects.pto.types import PtrType, TensorViewType

POINTER = base(PtrType) | base(MemRefType)
"""A pointer into global memory, or a memref that stands for one."""


@irdl_op_definition
class AddPtrOp(IRDLOperation):
    """A pointer some elements further: `%q = pto.addptr %p, %off : PTR -> PTR`."""

    name = "pto.addptr"

    P: ClassVar = VarConstraint("P", base(PtrType))

    ptr = typed_operand(P)
    offset = typed_operand(IndexType)
    result = result_def(P)

    traits = traits_def(Pure())

    @classmethod
    def parse(cls, parser: Parser) -> AddPtrOp:
        ptr = parser.parse_unresolved_operand()
        parser.parse_punctuation(",")
        offset = parser.parse_unresolved_operand()
        attributes = parser.parse_optional_attr_dict()
        parser.parse_punctuation(":")
        operands = [parser.resolve_operand(ptr, _pointer_type(parser)), parser.resolve_operand(offset, IndexType())]
        parser.parse_punctuation("->")
        return cls.create(operands=operands, result_types=[_pointer_type(parser)], attributes=attributes)

    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        printer.print_list(self.operands, printer.print_ssa_value)
        printer.print_op_attributes(self.attributes)
        printer.print_string(" : ")
        printer.print_attribute(self.ptr.type)
        printer.print_string(" -> ")
        printer.print_attribute(self.result.type)


def _pointer_type(parser: Parser) -> Attribute:
    """A type, which ptoas prints without its name here: `<f32>`."""
    written = parser.parse_optional_type()
    return written or PtrType.new(PtrType.parse_parameters(parser))


class ScalarAccessOp(IRDLOperation, ABC):
    """A read or write of one element."""

    ptr = typed_operand(POINTER)
    offset = typed_operand(IndexType)

    def check_element(self, found: object) -> None:
        """The scalar is an element of what the pointer points to, in global memory."""
        pointer = self.ptr.type
        if isinstance(pointer, MemRefType):
            space = pointer.memory_space
            if isinstance(space, AddressSpaceAttr) and space.data is not AddressSpace.GM:
                raise VerifyException(f"TW0146: {value_name(self.ptr)} lies in {space.data}, not in global memory")
        if pointer.element_type != found:
            raise VerifyException(f"TW0146: {value_name(self.ptr)} has elements of {pointer.element_type}, got {found}")


@irdl_op_definition
class LoadScalarOp(ScalarAccessOp):
    """Read one element of global memory: `%s = pto.load_scalar %p[%i] : PTR -> i32`."""

    name = "pto.load_scalar"

    result = result_def()

    traits = traits_def(MemoryReadEffect())

    assembly_format = "$ptr `[` $offset `]` attr-dict `:` type($ptr) `->` type($result)"

    def verify_(self) -> None:
        self.check_element(self.result.type)


@irdl_op_definition
class StoreScalarOp(ScalarAccessOp):
    """Write one element of global memory: `pto.store_scalar %s, %p[%i] : PTR, i32`."""

    name = "pto.store_scalar"

    ptr = typed_operand(POINTER)
    offset = typed_operand(IndexType)
    value = operand_def(AnyAttr())

    traits = traits_def(MemoryWriteEffect())

    assembly_format = "$value `,` $ptr `[` $offset `]` attr-dict `:` type($ptr) `,` type($value)"

    def verify_(self) -> None:
        self.check_element(self.value.type)


@irdl_op_definition
class GetTensorViewDimOp(IRDLOperation):
    """One extent of a view: `%d = pto.get_tensor_view_dim %v, %i : VIEW -> index`."""

    name = "pto.get_tensor_view_dim"

    view = typed_operand(base(TensorViewType) | base(MemRefType))
    dimension = typed_operand(IndexType)
    result = result_def(IndexType)

    traits = traits_def(Pure())

    assembly_format = "$view `,` $dimension `:` type($view) `->` type($result) attr-dict"
