"""The programs that show in `test/lit/passes` what each pass does, made so that they run on numbers.

There a kernel takes tiles, returns tiles, or multiplies tiles without contents; here it loads and stores them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from xdsl.builder import Builder
from xdsl.dialects import func
from xdsl.ir import SSAValue
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import EmptyOp, LoadOp, MoveOp, StoreOp, TensorType, TileType
from tilewright.passes.building import index_constant

from .compiled import parse

_FOLDER = Path(__file__).parents[1] / "lit" / "passes"

_PASSES = (
    "begin-sums",
    "convert-tile-to-pto",
    "fold-casts",
    "fold-into-loads",
    "fuse-loops",
    "fuse-matmul",
    "gather-constants",
    "infer-spaces",
    "join-accumulators",
    "legalize-vector",
    "lower-matmul",
    "lower-pipeline",
    "merge-starts",
    "outline-scopes",
    "plan-matmul",
    "roll-peeled",
    "scale-loops",
    "unplace-matmul",
)

_NOTHING_TO_COMPARE = (
    # What they store, or multiply, has no contents.
    "convert-tile-to-pto/entries",
    "convert-tile-to-pto/kernel",
    "convert-tile-to-pto/marked_entry",
    "lower-matmul/joined",
    # They call what is declared only, take a ring, divide integers by zero, or read outside of what they are given.
    "convert-tile-to-pto/unsigned_elements",
    "gather-constants/once",
    "legalize-vector/division",
    "lower-pipeline/left_alone",
    "lower-pipeline/own_slots",
    "lower-pipeline/shared",
    "outline-scopes/order_of_arguments",
    "scale-loops/read_otherwise",
    # An approximation of a reciprocal, and of an exponential.
    "convert-tile-to-pto/vector",
    "outline-scopes/kernels_as_cce",
    "outline-scopes/kernels_as_pto",
    # They are refused.
    "infer-spaces/mixed",
    "outline-scopes/given_directions",
)

_REFUSED_LATER = {
    "begin-sums/begun_apart": "TW0301",
    "fold-casts/out_of_acc": "TW0312",
    "fold-into-loads/still_read": "TW0312",
    "lower-pipeline/nested": "TW0510",
    "merge-starts/different": "TW0206",
    "merge-starts/gate_up": "TW0206",
    "roll-peeled/stored_between": "TW0304",
}
"""Programs that `a2a3` refuses, and how."""

_LARGEST_INDEX = 5
"""No index that `--validate` gives a kernel is larger."""

_ERROR = re.compile(r"expected-error(?!-re)[^{]*\{\{(.*?)\}\}")
_RUN = re.compile(r"// RUN: pto-opt %s -p (?:'([^']*)'|(\S+))")


def lit_programs() -> Iterator[tuple[str, str, str]]:
    """Name, text and pipeline of each program that runs: the pipeline of its test, and `a2a3` where that takes it."""
    for folder in _PASSES:
        for path in sorted((_FOLDER / folder).glob("*.mlir")):
            name = f"{folder}/{path.stem}"
            if name in _NOTHING_TO_COMPARE:
                continue
            text = path.read_text()
            runs = _RUN.search(text)
            assert runs is not None
            made = runnable(text)
            yield name, made, runs[1] or runs[2]
            if name not in _REFUSED_LATER:
                yield name, made, "a2a3,check-sync"


def refused_programs() -> Iterator[tuple[str, str, str, list[str]]]:
    """Name, text and pipeline of each program that is refused, and what its errors say among other things."""
    for name, code in _REFUSED_LATER.items():
        yield name, runnable((_FOLDER / f"{name}.mlir").read_text()), "a2a3", [code]
    for folder in (*_PASSES, "unroll-slots"):
        for path in sorted((_FOLDER / f"{folder}-errors").glob("*.mlir")):
            text = path.read_text()
            runs, errors = _RUN.search(text), _ERROR.findall(text)
            assert runs is not None
            if errors:
                yield f"{folder}/{path.stem}", text, runs[1] or runs[2], errors


def runnable(text: str) -> str:
    """A program whose kernels take tensors only: tiles are loaded from them and stored to them."""
    module = parse(text)
    for function in [op for op in module.ops if isinstance(op, func.FuncOp) and not op.is_declaration]:
        _widen(function)
        _load_arguments(function)
        _fill(function)
        _store_results(function)
    return str(module)


def _widen(function: func.FuncOp) -> None:
    """Make room for windows that start where only the launch knows."""
    block = function.body.block
    for access in [op for op in function.walk() if isinstance(op, LoadOp | StoreOp)]:
        tensor = access.source if isinstance(access, LoadOp) else access.target
        if tensor not in block.args or not any(offset in block.args for offset in access.offsets):
            continue
        extents = [
            max(extent, size + _LARGEST_INDEX) if offset in block.args else extent
            for extent, size, offset in zip(tensor.type.extents, access.window, access.offsets, strict=True)
        ]
        Rewriter.replace_value_with_new_type(tensor, TensorType.of(extents, tensor.type.element_type))
    function.update_function_type()


def _load_arguments(function: func.FuncOp) -> None:
    block = function.body.block
    for argument in list(block.args):
        if isinstance(tile := argument.type, TileType):
            tensor = block.insert_arg(_tensor(tile), argument.index)
            tensor.name_hint = argument.name_hint
            argument.replace_all_uses_with(_load(Builder(InsertPoint.at_start(block)), tensor, tile))
            block.erase_arg(argument)
    function.update_function_type()


def _fill(function: func.FuncOp) -> None:
    """Load what has a place, and no contents; accumulators without contents start a sum."""
    for empty in [op for op in function.walk() if isinstance(op, EmptyOp)]:
        tile = empty.result.type
        if tile.placement not in (None, Space.ACC):
            tensor = function.body.block.insert_arg(_tensor(tile), len(function.body.block.args))
            empty.result.replace_all_uses_with(_load(Builder(InsertPoint.before(empty)), tensor, tile))
            empty.detach()
            empty.erase()
    function.update_function_type()


def _store_results(function: func.FuncOp) -> None:
    block = function.body.block
    end = block.last_op
    if not isinstance(end, func.ReturnOp):
        return
    builder = Builder(InsertPoint.before(end))
    kept: list[SSAValue] = []
    for value in end.operands:
        if isinstance(value.type, TileType):
            tensor = block.insert_arg(_tensor(value.type), len(block.args))
            zero = index_constant(builder, 0)
            builder.insert(StoreOp(value, tensor, [zero, zero]))
        else:
            kept.append(value)
    end.operands = kept
    function.update_function_type()


def _tensor(tile: TileType) -> TensorType:
    return TensorType.of(tile.valid_extents, tile.element_type)


def _load(builder: Builder, tensor: SSAValue, tile: TileType) -> SSAValue:
    zero = index_constant(builder, 0)
    if tile.placement not in (Space.LEFT, Space.RIGHT):
        return builder.insert(LoadOp(tensor, [zero, zero], tile)).result
    chunk = builder.insert(LoadOp(tensor, [zero, zero], tile.placed(Space.MAT))).result
    return builder.insert(MoveOp(chunk, tile)).result
