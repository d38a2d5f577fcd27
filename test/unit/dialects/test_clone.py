"""A clone of a program is that program."""

from pathlib import Path

import pytest

from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context

LIT = Path(__file__).parents[2] / "lit" / "dialects"
PROGRAMS = sorted(path for folder in ("pto", "tile") for path in (LIT / folder).glob("ops*.mlir"))


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_clone_prints_the_same(path: Path) -> None:
    module = parse_module(make_context(), path.read_bytes(), str(path))
    assert str(module.clone()) == str(module)
