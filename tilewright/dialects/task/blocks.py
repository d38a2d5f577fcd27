"""Ops of the `task` dialect by which the code of a task learns which part of the work is its own."""

from __future__ import annotations

from abc import ABC

from xdsl.dialects.builtin import IndexType
from xdsl.ir import Operation
from xdsl.irdl import IRDLOperation, irdl_op_definition, result_def, traits_def
from xdsl.traits import Pure, SymbolUserOpInterface
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.task.functions import function_of, is_orchestration
from tilewright.dialects.task.places import enclosing_scope


class _OnACore(SymbolUserOpInterface):
    """The op stands in the code of a task: an orchestration function runs on no core."""

    def verify(self, op: Operation) -> None:
        if is_orchestration(function_of(op)) and enclosing_scope(op) is None:
            raise VerifyException(f"TW0664: {op.name} stands outside of a scope, where there are no blocks")


class PositionOp(IRDLOperation, ABC):
    """A number that depends on the core that runs the code."""

    result = result_def(IndexType)

    traits = traits_def(Pure(), _OnACore())

    assembly_format = "attr-dict `:` type($result)"

    def __init__(self) -> None:
        super().__init__(result_types=[IndexType()])


@irdl_op_definition
class BlockIndexOp(PositionOp):
    """Which block of the task this is, from 0: `%i = task.block_index : index`."""

    name = "task.block_index"


@irdl_op_definition
class BlockCountOp(PositionOp):
    """How many blocks the task has: `%n = task.block_count : index`."""

    name = "task.block_count"


@irdl_op_definition
class SubblockIndexOp(PositionOp):
    """Which of the vector cores beside a cube core this is, from 0: `%s = task.subblock_index : index`."""

    name = "task.subblock_index"
