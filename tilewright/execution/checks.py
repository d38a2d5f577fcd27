"""What must hold when an instruction runs, beyond what its verifier can know.

Each check raises a DiagnosticError at the instruction when it does not hold.
"""

from __future__ import annotations

from tilewright.arch.chip import load_chip
from tilewright.dialects.diagnostics import fail
from tilewright.execution.dtypes import Array
from tilewright.execution.instructions import Instruction, TileBuffer, Window


def check_bounds(window: Window, array: Array, instruction: Instruction) -> None:
    """A window touches nothing outside of its array."""
    reaches = [(extent - 1) * stride for extent, stride in zip(window.shape, window.strides, strict=True)]
    first = window.offset + sum(reach for reach in reaches if reach < 0)
    last = window.offset + sum(reach for reach in reaches if reach > 0)
    if first < 0 or last >= array.size:
        item = array.itemsize
        fail(
            "TW0410",
            f"{instruction.op.name} touches bytes {first * item} to {(last + 1) * item} of "
            f"{window.name}, which has {array.size * item}",
            instruction.op,
            notes=(
                f"the window has shape {window.shape}, strides {window.strides} and offset "
                f"{window.offset}, all in elements",
            ),
            help=("pass a larger array, or correct the shape and strides of the view",),
        )


def check_origin(source: TileBuffer, instruction: Instruction, rows: int, columns: int) -> None:
    """A move takes whole fractals, and they lie within its source."""
    boxes = (source.layout.box_rows, source.layout.box_columns)
    for axis, (start, extent) in enumerate(zip(instruction.origin, (rows, columns), strict=True)):
        limit = source.type.extents[axis]
        if start % boxes[axis]:
            fail(
                "TW0411",
                f"{instruction.op.name} starts at element {start} of dimension {axis} of "
                f"{source.name}, which is not a multiple of the fractal, {boxes[axis]}",
                instruction.op,
            )
        if not 0 <= start <= limit - extent:
            fail(
                "TW0411",
                f"{instruction.op.name} takes elements {start} to {start + extent} of dimension "
                f"{axis} of {source.name}, which has {limit}",
                instruction.op,
            )


def check_factors(left: TileBuffer, right: TileBuffer, instruction: Instruction) -> None:
    """The valid parts of a matmul's operands agree on K."""
    (m, k), (k_right, n) = left.valid, right.valid
    if k != k_right:
        fail(
            "TW0411",
            f"the valid parts of {left.name}, {m}x{k}, and {right.name}, {k_right}x{n}, do not multiply: K differs",
            instruction.op,
        )


def check_cube_layout(tile: TileBuffer, instruction: Instruction) -> None:
    """The cube unit reads and writes each of its memories in one layout only.

    ptoas does not check this on a2a3.
    """
    wanted = load_chip().layouts[tile.space]
    blayout, slayout = tile.type.blayout.data, tile.type.slayout.data
    fractal_bytes = tile.type.fractal.value.data
    if (blayout, slayout, fractal_bytes) != (wanted.blayout, wanted.slayout, wanted.fractal_bytes):
        fail(
            "TW0414",
            f"{tile.name} has layout {blayout}/{slayout}/{fractal_bytes}, but the cube unit uses "
            f"{tile.space} as {wanted.name}",
            instruction.op,
            help=(f"write blayout={wanted.blayout}, slayout={wanted.slayout}, fractal={wanted.fractal_bytes}",),
        )
