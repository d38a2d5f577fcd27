"""However a program says a thing, a pass finds it; where it is not there, the pass leaves the program alone."""

from __future__ import annotations

import re

import pytest
from xdsl.rewriter import Rewriter

from test.unit.language.programs import without_names

from .compiled import compiled, parse
from .fused_forms import FUSED_ALIKE, FUSED_APART
from .merged_forms import MERGED_ALIKE, MERGED_APART
from .pass_programs import PassProgram
from .peeled_forms import PEELED_ALIKE, PEELED_APART
from .placed_forms import PLACED_ALIKE, PLACED_APART
from .test_pass_programs import validated

ALIKE = PEELED_ALIKE | MERGED_ALIKE | FUSED_ALIKE | PLACED_ALIKE
APART = PEELED_APART | MERGED_APART | FUSED_APART | PLACED_APART


def _shown(text: str, pipeline: str) -> str:
    """A program after a pass: without unused indices, with constants where they are used, and numbers for names."""
    module = compiled(text, pipeline)
    for op in reversed([op for op in module.walk() if op.dialect_name() == "arith"]):
        if not op.results[0].first_use:
            Rewriter.erase_op(op)
    shown = str(module)
    constant = re.compile(r"^ *(%\w+) = arith.constant (.*)\n", re.MULTILINE)
    values = dict(constant.findall(shown))
    return without_names(re.sub(r"%\w+", lambda found: values.get(found[0], found[0]), constant.sub("", shown)))


@pytest.mark.parametrize("name", ALIKE)
def test_all_ways_become_one_program(name: str) -> None:
    first, *others = (_shown(text, ALIKE[name].pipeline) for text in ALIKE[name].texts)
    for other in others:
        assert other == first


@pytest.mark.parametrize("name", ALIKE)
def test_no_way_changes_what_is_computed(name: str) -> None:
    for text in ALIKE[name].texts:
        assert validated(PassProgram(text, ALIKE[name].pipeline), "") == []


@pytest.mark.parametrize("name", APART)
def test_what_is_not_there_is_not_found(name: str) -> None:
    text = APART[name].text
    assert str(compiled(text, APART[name].pipeline)) == str(parse(text))
