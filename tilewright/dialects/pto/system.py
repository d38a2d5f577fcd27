"""Ops of the `pto` dialect about the core that runs them: which block it is, what it runs, what it prints."""

from __future__ import annotations

from abc import ABC
from typing import Self

from xdsl.dialects.builtin import AnyFloatConstr, IndexType, IntegerType, StringAttr, i64
from xdsl.ir import Block, Region
from xdsl.irdl import IRDLOperation, base, irdl_op_definition, operand_def, prop_def, region_def, result_def, traits_def
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect, NoTerminator, Pure


class BlockQueryOp(IRDLOperation, ABC):
    """A number that is fixed while a kernel runs."""

    result = result_def(i64)

    traits = traits_def(Pure())

    assembly_format = "attr-dict"


@irdl_op_definition
class GetBlockIdxOp(BlockQueryOp):
    """The number of this core: `%b = pto.get_block_idx`."""

    name = "pto.get_block_idx"


@irdl_op_definition
class GetBlockNumOp(BlockQueryOp):
    """The number of cores: `%b = pto.get_block_num`."""

    name = "pto.get_block_num"


@irdl_op_definition
class GetSubBlockIdxOp(BlockQueryOp):
    """The number of this vector core beside its cube core, 0 or 1: `%b = pto.get_subblock_idx`."""

    name = "pto.get_subblock_idx"


@irdl_op_definition
class GetSubBlockNumOp(BlockQueryOp):
    """The number of vector cores beside a cube core: `%b = pto.get_subblock_num`."""

    name = "pto.get_subblock_num"


class SectionOp(IRDLOperation, ABC):
    """Code for one kind of core: `pto.section.cube { … }`."""

    body = region_def("single_block")

    traits = traits_def(NoTerminator())

    def __init__(self, body: Region) -> None:
        super().__init__(regions=[body])

    @classmethod
    def parse(cls, parser: Parser) -> Self:
        body = parser.parse_region()
        if not body.blocks:
            body.add_block(Block())
        op = cls(body)
        op.attributes = parser.parse_optional_attr_dict()
        return op

    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        printer.print_region(self.body)
        printer.print_op_attributes(self.attributes)


@irdl_op_definition
class SectionCubeOp(SectionOp):
    """Code for the cube core."""

    name = "pto.section.cube"


@irdl_op_definition
class SectionVectorOp(SectionOp):
    """Code for the vector cores."""

    name = "pto.section.vector"


@irdl_op_definition
class PrintOp(IRDLOperation):
    """Print a scalar while the kernel runs: `pto.print ins("x %d", %s : i32)`."""

    name = "pto.print"

    format = prop_def(StringAttr)
    scalar = operand_def(base(IndexType) | base(IntegerType) | AnyFloatConstr)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    assembly_format = "`ins` `(` $format `,` $scalar `:` type($scalar) `)` attr-dict"


@irdl_op_definition
class TrapOp(IRDLOperation):
    """Stop the kernel: `pto.trap`."""

    name = "pto.trap"

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    assembly_format = "attr-dict"
