"""Kernels whose text is in no file."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from itertools import count

from tilewright.dialects.diagnostics import SourceLocation, fail
from tilewright.language.jit import Kernel
from tilewright.language.source import remember_text

_NUMBERS = count(1)


def kernel_of_text(text: str, name: str | None, names: Mapping[str, object]) -> Kernel:
    """Run a text that decorates functions, and give one of them.

    Raises:
        DiagnosticError: TW0600.
    """
    import tilewright.language as pl

    file = f"<kernel {next(_NUMBERS)}>"
    remember_text(file, text)
    try:
        code = compile(ast.parse(text, file), file, "exec")
    except SyntaxError as error:
        fail(
            "TW0600", f"the text is not Python: {error.msg}", SourceLocation(file, error.lineno or 0, error.offset or 0)
        )
    space: dict[str, object] = {"pl": pl, "__name__": file, **names}
    exec(code, space)
    kernels = [value for value in space.values() if isinstance(value, Kernel)]
    wanted = [kernel for kernel in kernels if name in (None, kernel.name)]
    if not wanted:
        what = "no decorated function" if name is None else f"no kernel '{name}'"
        fail("TW0600", f"the text holds {what}", SourceLocation(file))
    return wanted[-1]
