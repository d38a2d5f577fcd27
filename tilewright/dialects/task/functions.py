"""What the attributes of a function say: who submits, who is submitted, which arguments are written."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from xdsl.dialects.builtin import ArrayAttr, DictionaryAttr, StringAttr
from xdsl.dialects.func import FuncOp
from xdsl.ir import Operation
from xdsl.utils.exceptions import VerifyException

ORCHESTRATION = "task.orchestration"
"""The attribute of a function that submits tasks and computes nothing itself."""

KERNEL = "task.kernel"
"""The attribute of a function that is submitted as a task."""

DIRECTION = "task.direction"
"""The attribute of a kernel's argument that says whether the kernel reads it, writes it, or both."""

MANUAL = "task.manual"
"""The attribute of a submission that waits for what its `after` names, and for nothing else."""

SYNC_START = "task.sync_start"
"""The attribute of a submission whose blocks start together."""

EARLY_DISPATCH = "task.early_dispatch"
"""The attribute of a submission whose blocks may be given to cores before what it waits for has ended."""

PARALLEL = "task.parallel"
"""The attribute of a loop whose iterations are independent of each other."""


class Direction(StrEnum):
    """What a kernel does with the memory behind an argument."""

    IN = "in"
    OUT = "out"
    INOUT = "inout"

    @property
    def reads(self) -> bool:
        """Whether what was there before matters."""
        return self is not Direction.OUT

    @property
    def writes(self) -> bool:
        """Whether something else may be there afterwards."""
        return self is not Direction.IN

    @classmethod
    def of(cls, *, reads: bool, writes: bool) -> Direction:
        """The direction of an argument; what is neither read nor written counts as read."""
        if not writes:
            return cls.IN
        return cls.INOUT if reads else cls.OUT


def is_orchestration(function: Operation | None) -> bool:
    """Whether the function submits tasks: it has no code on the cores of its own."""
    return isinstance(function, FuncOp) and ORCHESTRATION in function.attributes


def is_kernel(function: Operation | None) -> bool:
    """Whether the function is submitted as a task."""
    return isinstance(function, FuncOp) and KERNEL in function.attributes


def directions(function: FuncOp) -> tuple[Direction | None, ...]:
    """The direction of each argument; None where the argument has none.

    Raises:
        VerifyException: TW0667, something else is given as a direction.
    """
    count = len(function.function_type.inputs)
    if not isinstance(function.arg_attrs, ArrayAttr):
        return (None,) * count
    return tuple(_direction(attributes) for attributes in function.arg_attrs)


def set_directions(function: FuncOp, found: Sequence[Direction | None]) -> None:
    """Give each argument its direction; its other attributes stay."""
    known = function.arg_attrs or ArrayAttr([DictionaryAttr({})] * len(found))
    function.arg_attrs = ArrayAttr(
        attributes if direction is None else DictionaryAttr({**attributes.data, DIRECTION: StringAttr(direction)})
        for attributes, direction in zip(known, found, strict=True)
    )


def _direction(attributes: DictionaryAttr) -> Direction | None:
    value = attributes.data.get(DIRECTION)
    if value is None:
        return None
    if not isinstance(value, StringAttr) or value.data not in tuple(Direction):
        raise VerifyException(f"TW0667: the direction of an argument is in, out or inout, not {value}")
    return Direction(value.data)


def function_of(op: Operation) -> FuncOp | None:
    """The function that holds the op."""
    parent = op.parent_op()
    while parent is not None and not isinstance(parent, FuncOp):
        parent = parent.parent_op()
    return parent
