"""Notes which statements of some files run."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import CodeType

from benchmarks.planted_faults.scope import ROOT

_NOTE = "__statement_reached__"


class Reached:
    """Statements that have run, once the files are imported as `codes`.

    Args:
        paths: the files.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._noted: set[tuple[int, int]] = set()
        self._names = [path.relative_to(ROOT).as_posix() for path in paths]
        setattr(builtins, _NOTE, self._noted.add)
        self.codes: dict[Path, CodeType] = {}
        for number, path in enumerate(paths):
            tree = ast.fix_missing_locations(_noting(ast.parse(path.read_text()), number))
            self.codes[path] = compile(tree, str(path), "exec")

    def taken(self) -> dict[str, list[int]]:
        """The first lines of the statements that have run since the last call, by file."""
        found: dict[str, list[int]] = {}
        for number, line in sorted(self._noted):
            found.setdefault(self._names[number], []).append(line)
        self._noted.clear()
        return found


def _noting(tree: ast.Module, number: int) -> ast.Module:
    """A module that notes each statement before it runs."""
    for node in list(ast.walk(tree)):
        for name in ("body", "orelse", "finalbody"):
            statements: list[ast.stmt] | ast.expr | None = getattr(node, name, None)
            if isinstance(statements, list):
                setattr(node, name, list(_noted(statements, number)))
    return tree


def _noted(statements: list[ast.stmt], number: int) -> Iterator[ast.stmt]:
    for statement in statements:
        # Docstrings and imports from the future come first.
        documents = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        if not documents and not isinstance(statement, ast.ImportFrom):
            place = ast.Tuple([ast.Constant(number), ast.Constant(statement.lineno)], ast.Load())
            yield ast.Expr(ast.Call(ast.Name(_NOTE, ast.Load()), [place], []))
        yield statement
