"""Kernels whose text is in no file."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from itertools import count

from tilewright.dialects.diagnostics import SourceLocation, fail
from tilewright.language.jit import Kernel
from tilewright.language.source import Source, remember_text, visible_names

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
        tree = ast.parse(text, file)
        code = compile(tree, file, "exec")
    except SyntaxError as error:
        fail(
            "TW0600", f"the text is not Python: {error.msg}", SourceLocation(file, error.lineno or 0, error.offset or 0)
        )
    space: dict[str, object] = {"pl": pl, "__name__": file, **names}
    exec(code, space)
    kernels = [value for value in space.values() if isinstance(value, Kernel)]
    _give_sources(kernels, file, tree, text)
    wanted = [kernel for kernel in kernels if name in (None, kernel.name)]
    if not wanted:
        what = "no decorated function" if name is None else f"no kernel '{name}'"
        fail("TW0600", f"the text holds {what}", SourceLocation(file))
    return wanted[-1]


def _give_sources(kernels: Iterable[Kernel], file: str, tree: ast.Module, text: str) -> None:
    """Tell kernels their syntax trees, which are known here: nothing is parsed twice."""
    nodes = {_first_line(node): node for node in tree.body if isinstance(node, ast.FunctionDef)}
    lines = text.splitlines(keepends=True)
    for kernel in kernels:
        code = kernel.python.__code__
        node = nodes.get(code.co_firstlineno)
        if code.co_filename == file and node is not None:
            own = "".join(lines[code.co_firstlineno - 1 : node.end_lineno])
            kernel.given = Source(file, node, visible_names(kernel.python), text=own)


def _first_line(node: ast.FunctionDef) -> int:
    return min(each.lineno for each in (*node.decorator_list, node))
