"""`tilewright run`: one function of a file on arrays from an npz file, on the engine of one's choice."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from xdsl.ir import Attribute

from tilewright.dialects.diagnostics import SourceLocation, fail
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.dialects.verification import verify
from tilewright.execution.dtypes import DTYPES, Array, DType, is_array
from tilewright.execution.functions import find_kernels
from tilewright.execution.runner import Launch, run_function
from tilewright.execution.scheduling import Order
from tilewright.lowering.files import check_writable, read_input, write_output

_PROGRAM_ORDER = "program"


@dataclass(frozen=True)
class Invocation:
    """What is to run.

    Attributes:
        file: a program of the `tile` dialect, or of the `pto` dialect at any level.
        function: None when the file defines just one, or one for each kind of core, which then run together.
        arguments: the npz file with arg0, arg1, ...; None for a function without arguments.
        output: the npz file that gets them back.
        engine: one of `runner.Engine`.
        blocks: how many blocks run.
        order: in which order the pipes go on where flags leave it open, `program` or one of `Order`; for the physical
            engine.
        seed: draws a random order.
    """

    file: str
    function: str | None
    arguments: str | None
    output: str
    engine: str
    blocks: int = 1
    order: str = "program"
    seed: int = 0


def split_name(name: str) -> tuple[str, str | None]:
    """Split `FILE:function`; a file whose name has a colon is found under it."""
    file, colon, function = name.rpartition(":")
    if not colon or not function.isidentifier() or Path(name).is_file():
        return name, None
    return file, function


def run(invocation: Invocation) -> None:
    """Run a function and write all its arrays; nothing is written when anything fails.

    Raises:
        DiagnosticError: TW0004, TW0005 and TW0455 for files, TW0400 to TW0404 for functions and arguments that do not
            fit, and what the passes and the engine raise.
    """
    check_writable(invocation.output)
    given = [] if invocation.arguments is None else _read_arguments(invocation.arguments)
    module = parse_module(make_context(), read_input(invocation.file), invocation.file)
    verify(module)
    types = find_kernels(module, invocation.function)[0].function_type.inputs.data
    values = [_prepared(each, types[i] if i < len(types) else None) for i, each in enumerate(given)]
    order = None if invocation.order == _PROGRAM_ORDER else Order(invocation.order)
    launch = Launch(invocation.blocks, order, invocation.seed)
    run_function(module, invocation.function, values, invocation.engine, launch)
    _write_arguments(invocation.output, given, values)


def _read_arguments(path: str) -> list[Array]:
    """Read arg0, arg1, ... from an npz file."""
    place = SourceLocation(path)
    try:
        with np.load(io.BytesIO(read_input(path)), allow_pickle=False) as file:
            arrays: dict[str, Array] = {name: file[name] for name in file.files}
    except (ValueError, OSError, zipfile.BadZipFile, EOFError, AttributeError, TypeError) as error:
        fail("TW0455", f"this is no npz file of plain arrays: {error}", place)
    wanted = [f"arg{position}" for position in range(len(arrays))]
    if set(wanted) != set(arrays):
        listing = ", ".join(sorted(arrays))
        fail("TW0455", f"arguments are called arg0, arg1, ... without gaps; the file has {listing}", place)
    return [arrays[name] for name in wanted]


def _prepared(array: Array, type_: Attribute | None) -> object:
    """Give an argument as the engines take it: a number for an array without dimensions, else a dense copy."""
    if array.ndim == 0 and array.dtype.kind in "iufb":
        return array.item()
    expected = DTYPES.get(str(getattr(type_, "element_type", "")))
    if expected is not None and _holds_bits_of(array.dtype, expected):
        array = array.view(expected)
    return np.array(array, order="C")


def _holds_bits_of(dtype: DType, expected: DType) -> bool:
    """Say whether npz has kept a type that numpy does not know, bfloat16, as plain bytes."""
    return expected == DTYPES["bf16"] and (dtype.kind == "V" or dtype == np.uint16) and dtype.itemsize == 2


def _write_arguments(path: str, given: Sequence[Array], values: Sequence[object]) -> None:
    """Write the arguments in the types that they came in."""
    arrays: dict[str, Array] = {}
    for position, (before, after) in enumerate(zip(given, values, strict=True)):
        arrays[f"arg{position}"] = after.view(before.dtype) if is_array(after) else before
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array(member, array, allow_pickle=False)
    write_output(path, buffer.getvalue())
