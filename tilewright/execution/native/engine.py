"""The native engine: a `pto` function as C++ on this machine."""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from io import StringIO
from pathlib import PurePath

from xdsl.context import Context
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Attribute, Operation

from tilewright.dialects.diagnostics import fail, location_of
from tilewright.execution.dtypes import DTYPES, Array, is_array
from tilewright.execution.native.compiler import compiled_library
from tilewright.execution.native.libraries import Library, choose_library
from tilewright.execution.native.process import Number, Refused, run_kernel
from tilewright.lowering import cce

_SOURCE_LINE = re.compile(r"// (?P<file>.+):(?P<line>\d+)$")


def run_native(
    module: ModuleOp,
    function: func.FuncOp,
    arguments: Sequence[object],
    blocks: int = 1,
    library: Library | None = None,
) -> None:
    """Run a `pto` function on arrays in global memory, which it writes in place, or not at all when it fails.

    Args:
        module: with addresses on every buffer.
        function: one of its functions.
        arguments: a C-contiguous numpy array for each pointer, a number for each scalar.
        blocks: how many blocks run, one after the other, each with memories of its own.
        library: what the C++ is compiled against; None chooses by the environment.

    Raises:
        DiagnosticError: TW0330 to TW0338 when there is no C++ for the program; TW0450, TW0451, TW0453 and TW0454 when
            it cannot be compiled; TW0452 when the kernel crashes; on our own headers also TW0407 to TW0414 for what it
            does wrong, at the instruction.
    """
    output = StringIO()
    cce.emit(Context(), module, output)
    cpp = output.getvalue()
    compiled = compiled_library(cpp, function.sym_name.data, choose_library() if library is None else library)
    pairs = zip(arguments, function.function_type.inputs, strict=True)
    refused = run_kernel(compiled, [_slot(value, type_) for value, type_ in pairs], blocks)
    if refused is not None:
        fail(refused.code, refused.message, _place(refused, cpp, function))


def _slot(value: object, type_: Attribute) -> Array | Number:
    """Give an array, or the bits of a number in the width of its type."""
    if is_array(value):
        return value
    if isinstance(value, int):
        return Number(value % (1 << 64))
    assert isinstance(value, float)
    dtype = DTYPES.get(str(type_))
    bits = struct.pack("<d", value) if dtype is None else dtype.type(value).tobytes()
    return Number(int.from_bytes(bits, "little"))


def _place(refused: Refused, cpp: str, function: func.FuncOp) -> Operation:
    """Find the operation that a line of the C++ comes from: comments name the source line where it changes."""
    for line in reversed(cpp.splitlines()[: refused.line]):
        if (found := _SOURCE_LINE.search(line)) is not None:
            return _operation(function, found["file"], int(found["line"]))
    return function


def _operation(function: func.FuncOp, file: str, line: int) -> Operation:
    module = function.parent_op() or function
    for op in module.walk():
        place = location_of(op)
        if op is not module and place is not None and place.line == line and PurePath(place.file).name == file:
            return op
    return function
