"""The lit files of the `tile`, `task` and `pto` dialects show every op, type and attribute, and every refusal."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from xdsl.ir import Dialect

import tilewright.dialects
from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.pto import Pto
from tilewright.dialects.pto.strict import hardware_problems, library_problems
from tilewright.dialects.registry import make_context
from tilewright.dialects.task import Task
from tilewright.dialects.tile import Tile
from tilewright.dialects.verification import verify
from tilewright.tools.chunks import split

LIT = Path(__file__).parents[2] / "lit" / "dialects"
SOURCE = Path(tilewright.dialects.__file__).parent
DIALECTS = pytest.mark.parametrize("dialect", [Tile, Pto, Task], ids=lambda dialect: dialect.name)


@DIALECTS
def test_every_op_is_printed_in_both_forms(dialect: Dialect) -> None:
    texts = {str(path): path.read_text(encoding="utf-8") for path in (LIT / dialect.name).glob("ops*.mlir")}
    written = {op.name for path, text in texts.items() for op in parse_module(make_context(), text, path).walk()}
    checked = "\n".join(line for text in texts.values() for line in text.splitlines() if line.startswith("// GENERIC"))
    for op in dialect.operations:
        assert op.name in written
        assert re.search(rf'// GENERIC(-NEXT)?: *(%\w+ = )?"{re.escape(op.name)}"\(', checked), (
            f"{op.name} in generic form"
        )


@DIALECTS
def test_every_type_and_attribute_is_printed(dialect: Dialect) -> None:
    text = (LIT / dialect.name / "types.mlir").read_text(encoding="utf-8")
    checked = "\n".join(line for line in text.splitlines() if line.startswith("// CHECK"))
    for attribute in dialect.attributes:
        own = attribute.name.removeprefix(f"{dialect.name}.")
        assert re.search(rf"[!#]{dialect.name}[.<]{own}\b", checked), attribute.name


@DIALECTS
def test_every_refusal_is_provoked(dialect: Dialect) -> None:
    provoked = set(refusals(dialect.name))
    for where, message in messages(dialect.name):
        assert any(message.fullmatch(text) for text in provoked), f"{where}: {message.pattern}"


def invalid_files(dialect: str) -> list[Path]:
    files = sorted(path for name in ("invalid_*.mlir", "invalid_*/*.mlir") for path in (LIT / dialect).glob(name))
    assert files
    return files


def problems() -> Iterator[str]:
    """What the rules beyond verification say about the files of `verify-pto`."""
    for path in sorted((LIT.parent / "passes" / "verify-pto").glob("*.mlir")):
        for op in parse_module(make_context(), path.read_text(encoding="utf-8"), str(path)).walk():
            yield from library_problems(op)
            yield from hardware_problems(op)


def refusals(dialect: str) -> Iterator[str]:
    """What is reported for the chunks of the invalid files, as `TWnnnn: message`."""
    if dialect == Pto.name:
        yield from problems()
    for path in invalid_files(dialect):
        for chunk in split(path.read_bytes()):
            with pytest.raises(DiagnosticError) as caught:
                verify(parse_module(make_context(), chunk.data, str(path)))
            yield from (f"{found.code}: {found.message}" for found in caught.value.diagnostics)


def messages(dialect: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every text in the source that starts with a code, with its place; what is filled in matches anything."""
    shared = [SOURCE / "shapes.py"] if dialect == Tile.name else []
    for path in (*(SOURCE / dialect).glob("*.py"), *shared):
        for line, pattern in texts(ast.parse(path.read_text(encoding="utf-8"))):
            if re.match(r"TW\d{4}:", pattern):
                yield f"{path.name}:{line}", re.compile(pattern)


def texts(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Every string within `node`, as a regular expression."""
    match node:
        case ast.Constant(value=str(text)):
            yield node.lineno, re.escape(text)
        case ast.JoinedStr(values=values):
            yield node.lineno, "".join(re.escape(str(v.value)) if isinstance(v, ast.Constant) else ".*" for v in values)
        case _:
            for child in ast.iter_child_nodes(node):
                yield from texts(child)
