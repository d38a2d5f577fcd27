"""How large the arrays behind the pointers of a function have to be, for given scalars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xdsl.dialects import func

from tilewright.execution.instructions import Instruction, Window
from tilewright.execution.walker import walk


def pointer_sizes(function: func.FuncOp, scalars: Sequence[object]) -> Mapping[int, int]:
    """The elements that the function reaches behind each pointer, by the position of its argument.

    The function is walked without data: where addresses depend on memory, they are those for zeros.

    Raises:
        DiagnosticError: what `walk` raises.
    """
    if not any(op.name.startswith("pto.") for op in function.walk()):
        return {}
    sizes: dict[int, int] = {}

    def note(window: Window) -> None:
        reach = [(extent - 1) * stride for extent, stride in zip(window.shape, window.strides, strict=True)]
        last = window.offset + sum(step for step in reach if step > 0)
        sizes[window.argument] = max(sizes.get(window.argument, 0), last + 1)

    def read(instruction: Instruction) -> int:
        for operand in (*instruction.reads, *instruction.writes):
            if isinstance(operand, Window):
                note(operand)
        return 0

    for instruction in walk(function, scalars, reader=read):
        read(instruction)
    return sizes
