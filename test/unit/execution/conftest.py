"""Small programs of the `pto` dialect, and what runs them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context

_LAYOUTS = {
    "mat": "blayout=col_major, slayout=row_major",
    "left": "blayout=row_major, slayout=row_major",
    "right": "blayout=row_major, slayout=col_major",
    "acc": "blayout=col_major, slayout=row_major, fractal=1024",
    "vec": "blayout=row_major",
}


class Builder:
    """Writes a `pto` function line by line; line N of `body` is line N of the file."""

    def __init__(self, *arguments: str) -> None:
        self._arguments = ", ".join(arguments)
        self._constants: dict[str, str] = {}
        self._types: dict[str, str] = {}
        self._lines: list[str] = []

    def constant(self, value: int, type_: str = "index") -> str:
        name = f"%c{value}_{type_}".replace("-", "m")
        self._constants[name] = f"{name} = arith.constant {value} : {type_}"
        return name

    def drop(self) -> None:
        """Take the last line back."""
        self._lines.pop()

    def line(self, text: str) -> int:
        """Add a line; give its number in the file."""
        self._lines.append(text)
        return len(self._lines) + 1

    def tile(
        self,
        name: str,
        space: str,
        shape: str,
        address: int | str = 0,
        valid: str | None = None,
        layout: str | None = None,
    ) -> str:
        part = f", valid={valid}" if valid else ""
        keys = _LAYOUTS[space] if layout is None else layout
        self._types[name] = f"!pto.tile_buf<{space}, {shape}{part}, {keys}>"
        where = self.constant(address, "i64") if isinstance(address, int) else address
        self.line(f"{name} = pto.alloc_tile addr = {where} : {self._types[name]}")
        return name

    def window(self, name: str, pointer: str, rows: int, columns: int, dtype: str, layout: str = "nd") -> str:
        """The whole of a row-major tensor; its view is `<name>_view`."""
        view, one = f"{name}_view", self.constant(1)
        r, c = self.constant(rows), self.constant(columns)
        self.line(
            f"{view} = pto.make_tensor_view {pointer}, shape = [{r}, {c}], strides = [{c}, {one}]"
            f" {{layout = #pto.layout<{layout}>}} : !pto.tensor_view<?x?x{dtype}>"
        )
        return self.part(name, view, ("0", "0"), rows, columns, dtype)

    def part(
        self,
        name: str,
        view: str,
        offsets: Sequence[str],
        rows: int,
        columns: int,
        dtype: str,
    ) -> str:
        starts = ", ".join(o if o.startswith("%") else self.constant(int(o)) for o in offsets)
        sizes = f"{self.constant(rows)}, {self.constant(columns)}"
        self._types[name] = f"!pto.partition_tensor_view<?x?x{dtype}>"
        self.line(
            f"{name} = pto.partition_view {view}, offsets = [{starts}], sizes = [{sizes}]"
            f" : !pto.tensor_view<?x?x{dtype}> -> {self._types[name]}"
        )
        return name

    def do(self, op: str, sources: Sequence[str], target: str) -> int:
        """Add an instruction from tiles and windows to one of them; give its line."""
        types = ", ".join(self._types[name] for name in sources)
        return self.line(f"pto.{op} ins({', '.join(sources)} : {types}) outs({target} : {self._types[target]})")

    def extract(self, source: str, row: str, column: str, target: str) -> int:
        return self.line(
            f"pto.textract ins({source}, {row}, {column} : {self._types[source]}, index, index)"
            f" outs({target} : {self._types[target]})"
        )

    def text(self) -> str:
        head = f"func.func @f({self._arguments}) {{ {' '.join(self._constants.values())}"
        return "\n".join([head, *self._lines, "return }"])


@pytest.fixture
def build() -> type[Builder]:
    return Builder


@pytest.fixture
def parse() -> Callable[[str], ModuleOp]:
    """Parse and verify a program."""

    def run(text: str) -> ModuleOp:
        module = parse_module(make_context(), text, "test.pto")
        module.verify()
        return module

    return run


@pytest.fixture
def refused() -> Callable[[Callable[[], object]], Diagnostic]:
    """Call something that must fail with one diagnostic, and give that."""

    def run(call: Callable[[], object]) -> Diagnostic:
        with pytest.raises(DiagnosticError) as caught:
            call()
        (diagnostic,) = caught.value.diagnostics
        return diagnostic

    return run
