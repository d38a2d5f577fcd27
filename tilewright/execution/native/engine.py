"""The native engine: `pto` functions as C++ on this machine."""

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
from tilewright.execution.functions import programs_of_block
from tilewright.execution.native.compiler import Entry, compiled_library
from tilewright.execution.native.libraries import Library, choose_library
from tilewright.execution.native.process import SECONDS, Number, run_kernel
from tilewright.lowering import cce

_SOURCE_LINE = re.compile(r"// (?P<file>.+):(?P<line>\d+)$")


def run_native(
    functions: Sequence[func.FuncOp],
    arguments: Sequence[object],
    *,
    blocks: int = 1,
    library: Library | None = None,
    seconds: float = SECONDS,
) -> None:
    """Run kernels on arrays in global memory, which they write in place, or not at all when they fail.

    Args:
        functions: one kernel of a module with addresses on every buffer, or those of its cube core and of its vector
            cores; all take the same arguments.
        arguments: a C-contiguous numpy array for each pointer, a number for each scalar.
        blocks: how many of each run, each with memories of its own.
        library: what the C++ is compiled against; None chooses by the environment.
        seconds: after which the kernels are stopped.

    Raises:
        DiagnosticError: TW0330 to TW0338 when there is no C++ for the program; TW0450, TW0451, TW0453 and TW0454 when
            it cannot be compiled; TW0452 when the kernel crashes, TW0456 when it does not end; TW0410 and TW0412 for
            single elements outside of the arrays and divisions by zero; on our own headers also TW0407 to TW0414 for
            what an instruction does wrong, and TW0470 and TW0471 for pipes and signals between cores.
    """
    module = functions[0].parent_op()
    assert isinstance(module, ModuleOp)
    output = StringIO()
    cce.emit(Context(), module, output)
    cpp = output.getvalue()
    entries = [
        Entry(program.function.sym_name.data, program.kind, program.subblock, program.subblocks)
        for program in programs_of_block(functions)
    ]
    compiled = compiled_library(cpp, entries, choose_library() if library is None else library)
    pairs = zip(arguments, functions[0].function_type.inputs, strict=True)
    refused = run_kernel(compiled, [_slot(value, type_) for value, type_ in pairs], blocks, seconds)
    if refused is not None:
        places = _Places(cpp, functions[0])
        notes = tuple(f"{text}: {places.text(line)}" for line, text in refused.notes)
        fail(refused.code, refused.message, places.operation(refused.line), notes=notes)


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


class _Places:
    """Finds the operation that a line of the C++ comes from: comments name the source line where it changes."""

    def __init__(self, cpp: str, function: func.FuncOp) -> None:
        self._lines = cpp.splitlines()
        self._function = function

    def operation(self, line: int) -> Operation:
        """Give the operation; the function where the line has none."""
        found = self._source(line)
        module = self._function.parent_op()
        if found is None or module is None:
            return self._function
        for op in module.walk():
            place = location_of(op)
            if op is not module and place is not None and (PurePath(place.file).name, place.line) == found:
                return op
        return self._function

    def text(self, line: int) -> str:
        """Give the place in words."""
        found = self._source(line)
        return "an unknown place" if found is None else f"line {found[1]}"

    def _source(self, line: int) -> tuple[str, int] | None:
        for text in reversed(self._lines[:line]):
            if (found := _SOURCE_LINE.search(text)) is not None:
                return found["file"], int(found["line"])
        return None
