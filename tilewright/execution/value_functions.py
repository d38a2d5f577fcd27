"""What each operation of the `tile` dialect computes, as implementations for xDSL's interpreter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from xdsl.interpreter import (
    Interpreter,
    InterpreterFunctions,
    PythonValues,
    ReturnedValues,
    TerminatorValue,
    impl,
    impl_terminator,
    register_impls,
)
from xdsl.ir import Operation, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.shapes import shape_text
from tilewright.dialects.tile import (
    EmptyOp,
    ExtractOp,
    FullOp,
    LoadOp,
    MatmulOp,
    MoveOp,
    PipelineOp,
    RingOp,
    StoreOp,
    TileType,
    YieldOp,
)
from tilewright.execution.counts import Counts
from tilewright.execution.dtypes import DTYPES, Array
from tilewright.execution.values import TensorValue, TileValue, valid_data


@register_impls
class TileFunctions(InterpreterFunctions):
    """The `tile` dialect on numpy arrays. Rings are ignored: they say where a value is, not what.

    Args:
        counts: where the work is counted.
    """

    def __init__(self, counts: Counts) -> None:
        super().__init__()
        self._counts = counts

    @impl(RingOp)
    def run_ring(self, interpreter: Interpreter, op: RingOp, args: PythonValues) -> PythonValues:
        return (None,)

    @impl(EmptyOp)
    def run_empty(self, interpreter: Interpreter, op: EmptyOp, args: PythonValues) -> PythonValues:
        return (TileValue(np.empty((0, 0), _dtype(op.result.type))),)

    @impl(FullOp)
    def run_full(self, interpreter: Interpreter, op: FullOp, args: PythonValues) -> PythonValues:
        tile = op.result.type
        return (TileValue(np.full(tile.valid_extents, op.value.value.data, _dtype(tile))),)

    @impl(LoadOp)
    def run_load(self, interpreter: Interpreter, op: LoadOp, args: PythonValues) -> PythonValues:
        values = _by_operand(op, args)
        tensor, offsets = values[op.source], [values[offset] for offset in op.offsets]
        assert isinstance(tensor, TensorValue)
        window = _window(op, tensor, offsets, op.result.type.valid_extents)
        self._counts.load(tensor.name, window.nbytes)
        return (TileValue(window.copy()),)

    @impl(StoreOp)
    def run_store(self, interpreter: Interpreter, op: StoreOp, args: PythonValues) -> PythonValues:
        values = _by_operand(op, args)
        tensor, offsets = values[op.target], [values[offset] for offset in op.offsets]
        assert isinstance(tensor, TensorValue)
        data = valid_data(values[op.tile], op.tile, op)
        window = _window(op, tensor, offsets, data.shape)
        window[...] = _converted(data, tensor.array.dtype)
        self._counts.store(tensor.name, window.nbytes)
        return ()

    @impl(MoveOp)
    def run_move(self, interpreter: Interpreter, op: MoveOp, args: PythonValues) -> PythonValues:
        tile = _by_operand(op, args)[op.source]
        self._count_move(op.source, op.result)
        return (TileValue(_converted(tile.data, _dtype(op.result.type))),)

    @impl(ExtractOp)
    def run_extract(self, interpreter: Interpreter, op: ExtractOp, args: PythonValues) -> PythonValues:
        values = _by_operand(op, args)
        tile, offsets = values[op.source], [values[offset] for offset in op.offsets]
        result = op.result.type
        extents = _tile_type(op.source).extents
        _check_window(op, value_name(op.source), offsets, result.extents, extents)
        self._count_move(op.source, op.result)
        row, column = offsets
        rows, columns = result.valid_extents
        # Beyond the defined part of the source the window is undefined, too.
        return (TileValue(tile.data[row : row + rows, column : column + columns]),)

    @impl(MatmulOp)
    def run_matmul(self, interpreter: Interpreter, op: MatmulOp, args: PythonValues) -> PythonValues:
        values = _by_operand(op, args)
        left = valid_data(values[op.lhs], op.lhs, op)
        accumulates = bool(op.acc) and not (op.init is not None and values[op.init])
        results: list[TileValue] = []
        for position, right in enumerate(op.rhs):
            product = multiply(left, valid_data(values[right], right, op))
            if accumulates:
                accumulator = op.acc[position]
                product = add(valid_data(values[accumulator], accumulator, op), product)
            results.append(TileValue(product))
        self._counts.matmuls += len(results)
        return tuple(results)

    @impl(PipelineOp)
    def run_pipeline(self, interpreter: Interpreter, op: PipelineOp, args: PythonValues) -> PythonValues:
        lower, upper, step, *initial = args
        carried = tuple(initial)
        if step < 1:
            fail("TW0412", f"the step of a pipeline is positive, got {step}", op)
        for iteration in range(lower, upper, step):
            carried = interpreter.run_ssacfg_region(op.body, (iteration, *carried), "pipeline")
        return carried

    @impl_terminator(YieldOp)
    def run_yield(
        self, interpreter: Interpreter, op: YieldOp, args: PythonValues
    ) -> tuple[TerminatorValue, PythonValues]:
        return ReturnedValues(args), ()

    def _count_move(self, source: SSAValue, target: SSAValue) -> None:
        before, after = _tile_type(source).placement, _tile_type(target).placement
        if before is not None and after is not None:
            self._counts.move(before, after)


def multiply(left: Array, right: Array) -> Array:
    """Multiply [m, k] with [k, n] as the cube unit does.

    i8 gives i32, wrapping around. Floating-point operands are widened to f32 (exact) and
    accumulated in f32, in the order of numpy's float32 matmul; hardware's order is not documented:
    results agree with it, and with the other engine, up to rounding.
    """
    if left.dtype == np.int8:
        return np.matmul(left, right, dtype=np.int32)
    with np.errstate(over="ignore", invalid="ignore"):
        return np.matmul(left.astype(np.float32), right.astype(np.float32))


def add(accumulator: Array, product: Array) -> Array:
    """Add a product to an accumulator of the same type; i32 wraps around."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.add(accumulator, product)


def _converted(data: Array, dtype: np.dtype[Any]) -> Array:
    """Convert to another element type, rounding to nearest, ties to even."""
    with np.errstate(over="ignore"):
        return data.astype(dtype)


def _tile_type(value: SSAValue) -> TileType:
    assert isinstance(value.type, TileType)
    return value.type


def _dtype(tile: TileType) -> np.dtype[Any]:
    return DTYPES[str(tile.element_type)]


def _by_operand(op: Operation, args: PythonValues) -> Mapping[SSAValue, Any]:
    """Give the value of each operand, whatever their order in the operation."""
    return dict(zip(op.operands, args, strict=True))


def _window(op: LoadOp | StoreOp, tensor: TensorValue, offsets: Sequence[int], shape: Sequence[int]) -> Array:
    _check_window(op, tensor.name, offsets, shape, tensor.array.shape)
    row, column = offsets
    return tensor.array[row : row + shape[0], column : column + shape[1]]


def _check_window(
    op: Operation, name: str, offsets: Sequence[int], shape: Sequence[int], extents: Sequence[int]
) -> None:
    for axis, (start, size, extent) in enumerate(zip(offsets, shape, extents, strict=True)):
        if not 0 <= start <= extent - size:
            fail(
                "TW0410",
                f"a window of {shape_text(shape)} elements at {list(offsets)} leaves {name}: "
                f"dimension {axis} ends at {extent}, the window at {start + size}",
                op,
                help=("pad the tensor to a multiple of the tile, or give the last tile a smaller valid part",),
            )
