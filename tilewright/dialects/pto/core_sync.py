"""Ops of the `pto` dialect that order the cube core and its vector cores by hand."""

from __future__ import annotations

from abc import ABC
from typing import Self

from xdsl.dialects.builtin import IndexType, IntegerAttr, MemRefType, i32
from xdsl.ir import Attribute
from xdsl.irdl import IRDLOperation, base, irdl_op_definition, opt_prop_def, prop_def, traits_def
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.fields import typed_operand, typed_opt_operand
from tilewright.dialects.pto.attributes import PipeAttr
from tilewright.dialects.pto.kernels import PlacedOp, function_of


class CoreSyncOp(PlacedOp, ABC):
    """A signal between cores: `pto.sync.set <PIPE_FIX>, 3`, or `, %id` where its number is computed."""

    pipe = prop_def(PipeAttr)
    event_id = opt_prop_def(IntegerAttr.constr(type=i32))
    event_id_dyn = typed_opt_operand(IndexType)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    @classmethod
    def parse(cls, parser: Parser) -> Self:
        properties: dict[str, Attribute] = {"pipe": PipeAttr.new(PipeAttr.parse_parameter(parser))}
        parser.parse_punctuation(",")
        operand = parser.parse_optional_unresolved_operand()
        if operand is None:
            properties["event_id"] = IntegerAttr(parser.parse_integer(allow_boolean=False), i32)
        attributes = parser.parse_optional_attr_dict()
        for name in cls.get_irdl_definition().properties:
            if name in attributes:
                properties[name] = attributes.pop(name)
        operands = [] if operand is None else [parser.resolve_operand(operand, IndexType())]
        return cls.create(operands=operands, properties=properties, attributes=attributes)

    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        self.pipe.print_parameter(printer)
        printer.print_string(", ")
        if self.event_id_dyn is not None:
            printer.print_ssa_value(self.event_id_dyn)
        elif self.event_id is not None:
            printer.print_int(self.event_id.value.data)
        rest = {name: attr for name, attr in self.properties.items() if name not in ("pipe", "event_id")}
        printer.print_op_attributes(rest | self.attributes)

    def verify_(self) -> None:
        if (self.event_id is None) == (self.event_id_dyn is None):
            raise VerifyException(f"TW0147: {self.name} has a number, either a constant or a computed one")

    def check_place(self) -> None:
        function = function_of(self)
        if function is not None and not any(isinstance(op, SetFftsOp) for op in function.walk()):
            raise VerifyException(f"TW0147: {self.name} needs pto.set_ffts in the same function")


@irdl_op_definition
class SyncSetOp(CoreSyncOp):
    """Signal to the other core: `pto.sync.set <PIPE_FIX>, 3 {ffts_mode = 2 : i32}`."""

    name = "pto.sync.set"

    ffts_mode = opt_prop_def(IntegerAttr.constr(type=i32))

    def verify_(self) -> None:
        super().verify_()
        if self.ffts_mode is not None and not 0 <= self.ffts_mode.value.data <= 2:
            raise VerifyException(f"TW0147: ffts_mode is 0, 1 or 2, got {self.ffts_mode.value.data}")


@irdl_op_definition
class SyncWaitOp(CoreSyncOp):
    """Wait for a signal of the other core: `pto.sync.wait <PIPE_V>, 3`."""

    name = "pto.sync.wait"


@irdl_op_definition
class SetFftsOp(IRDLOperation):
    """Say where signals are kept: `pto.set_ffts %m : memref<256xi64>`."""

    name = "pto.set_ffts"

    memory = typed_operand(base(MemRefType))

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    assembly_format = "$memory attr-dict `:` type($memory)"

    def verify_(self) -> None:
        found = self.memory.type.element_type
        if str(found).lstrip("us") not in ("i8", "i64"):
            raise VerifyException(f"TW0147: signals are kept in elements of i64 or i8, not {found}")
