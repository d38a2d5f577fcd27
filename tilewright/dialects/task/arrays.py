"""Ops of the `task` dialect that keep the ids of tasks."""

from __future__ import annotations

from xdsl.dialects.builtin import IndexType
from xdsl.ir import SSAValue
from xdsl.irdl import irdl_op_definition, result_def, traits_def
from xdsl.traits import MemoryAllocEffect, MemoryReadEffect, MemoryWriteEffect, Pure
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.constants import constant_value
from tilewright.dialects.fields import typed_operand
from tilewright.dialects.task.places import OrchestrationOp
from tilewright.dialects.task.types import ArrayType, IdType


@irdl_op_definition
class NoneOp(OrchestrationOp):
    """No task: waiting for it is waiting for nothing. `%t = task.none`."""

    name = "task.none"

    result = result_def(IdType)

    traits = traits_def(Pure())

    assembly_format = "attr-dict"

    def __init__(self) -> None:
        super().__init__(result_types=[IdType()])


@irdl_op_definition
class ArrayOp(OrchestrationOp):
    """An array of `extent` ids, at first each of no task: `%a = task.array %n : !task.array`."""

    name = "task.array"

    extent = typed_operand(IndexType)
    result = result_def(ArrayType)

    traits = traits_def(MemoryAllocEffect())

    assembly_format = "$extent attr-dict `:` type($result)"

    def __init__(self, extent: SSAValue) -> None:
        super().__init__(operands=[extent], result_types=[ArrayType()])

    def verify_(self) -> None:
        extent = constant_value(self.extent)
        if extent is not None and extent < 1:
            raise VerifyException(f"TW0665: an array of tasks has at least one place, got {extent}")


def _check_place(array: SSAValue, index: SSAValue) -> None:
    """Raise where a constant index leaves an array of constant extent."""
    owner = array.owner
    extent = constant_value(owner.extent) if isinstance(owner, ArrayOp) else None
    place = constant_value(index)
    if place is not None and (place < 0 or (extent is not None and place >= extent)):
        known = "" if extent is None else f" of {extent}"
        raise VerifyException(f"TW0665: the array{known} has no place {place}")


@irdl_op_definition
class ArrayGetOp(OrchestrationOp):
    """The id in a place of an array: `%t = task.array_get %a[%i]`."""

    name = "task.array_get"

    array = typed_operand(ArrayType)
    index = typed_operand(IndexType)
    result = result_def(IdType)

    traits = traits_def(MemoryReadEffect())

    assembly_format = "$array `[` $index `]` attr-dict"

    def __init__(self, array: SSAValue, index: SSAValue) -> None:
        super().__init__(operands=[array, index], result_types=[IdType()])

    def verify_(self) -> None:
        _check_place(self.array, self.index)


@irdl_op_definition
class ArraySetOp(OrchestrationOp):
    """Put an id in a place of an array: `task.array_set %t, %a[%i]`."""

    name = "task.array_set"

    task = typed_operand(IdType)
    array = typed_operand(ArrayType)
    index = typed_operand(IndexType)

    traits = traits_def(MemoryWriteEffect())

    assembly_format = "$task `,` $array `[` $index `]` attr-dict"

    def __init__(self, task: SSAValue, array: SSAValue, index: SSAValue) -> None:
        super().__init__(operands=[task, array, index])

    def verify_(self) -> None:
        _check_place(self.array, self.index)
