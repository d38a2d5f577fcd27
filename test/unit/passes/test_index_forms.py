"""Forms of indices, against numbers put in for their values."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects import scf
from xdsl.dialects.builtin import IndexType, ModuleOp
from xdsl.ir import Region, SSAValue
from xdsl.utils.test_value import create_ssa_value

from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.passes.analysis.index_forms import ANYTHING, UNBOUNDED, Form, Forms

VALUES: tuple[SSAValue, ...] = tuple(create_ssa_value(IndexType()) for _ in range(3))
NUMBERS = st.integers(-9, 9)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    ends = sorted((draw(NUMBERS), draw(NUMBERS)))
    return Form({value: draw(NUMBERS) or 1 for value in VALUES if draw(st.booleans())}, *ends)


def span(form: Form, numbers: Mapping[SSAValue, int]) -> tuple[int, int]:
    """Between which numbers the index lies."""
    total = sum(numbers[value] * factor for value, factor in form.terms.items())
    return total + form.low, total + form.high


@st.composite
def numbers(draw: st.DrawFn) -> Mapping[SSAValue, int]:
    return {value: draw(NUMBERS) for value in VALUES}


@given(forms(), forms(), NUMBERS, numbers())
def test_arithmetic_is_that_of_the_numbers(one: Form, other: Form, factor: int, at: Mapping[SSAValue, int]) -> None:
    (low, high), (least, most) = span(one, at), span(other, at)
    assert span(one.plus(other), at) == (low + least, high + most)
    assert span(one.minus(other), at) == (low - most, high - least)
    assert span(one.times(factor), at) == tuple(sorted((low * factor, high * factor)))
    for form in (one.plus(other), one.minus(one), one.times(factor)):
        assert all(form.terms.values())
    first, second, _ = VALUES
    known = {first: other, second: Form.number(factor)}
    replaced = one.substituted(known)
    ends = [least if one.terms.get(first, 0) >= 0 else most, most if one.terms.get(first, 0) >= 0 else least]
    for end, number in zip(span(replaced, at), ends, strict=True):
        assert end in span(one, {**at, first: number, second: factor})
    assert (one.key == other.key) is (span(one, at) == span(other, at) and dict(one.terms) == dict(other.terms))


@given(forms())
def test_a_constant_is_a_number_and_nothing_else(form: Form) -> None:
    assert form.constant == (form.low if not form.terms and form.low == form.high else None)
    assert Form.number(form.low).constant == form.low
    assert Form.symbol(VALUES[0]) == Form({VALUES[0]: 1}, 0, 0)


def test_no_index_goes_further_than_unbounded() -> None:
    assert Form({}, -UNBOUNDED, UNBOUNDED) == ANYTHING
    assert ANYTHING.plus(ANYTHING) == ANYTHING.times(3) == ANYTHING.times(-1) == ANYTHING
    assert Form.number(UNBOUNDED).plus(Form.number(1)) == Form.number(UNBOUNDED)
    assert Form.number(-UNBOUNDED).minus(Form.number(1)) == Form.number(-UNBOUNDED)
    assert Form.number(UNBOUNDED).minus(Form.number(1)) == Form.number(UNBOUNDED - 1)


PROGRAM = """func.func @f(%n: index, %w: i64) {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c8 = arith.constant 8 : index
  %c9 = arith.constant 9 : index
  %one = arith.constant 1 : index
  %negative = arith.constant -1 : index
  %outside = arith.addi %n, %c3 : index
  %wide = arith.index_cast %w : i64 to index
  scf.for %i = %c0 to %n step %c2 {
    %first = arith.addi %i, %c3 : index
    %less = arith.subi %outside, %c2 : index
    %left = arith.muli %c3, %i : index
    %right = arith.muli %i, %c3 : index
    %square = arith.muli %i, %i : index
    %same = arith.index_cast %first : index to i64
    %rest = arith.remui %i, %c3 : index
    %block = task.block_index : index
    scf.for %j = %c2 to %c9 step %c3 {
      %sum = arith.addi %i, %j : index
    }
    scf.for %k = %c2 to %c8 step %c3 {
    }
    scf.for %none = %c9 to %c2 step %c3 {
    }
    scf.for %down = %c2 to %c8 step %negative {
    }
    scf.for %some = %i to %c8 step %c3 {
    }
    scf.for %open = %c2 to %n step %c3 {
    }
    scf.for %each = %c2 to %c8 step %one {
    }
    scf.for %still = %c2 to %c8 step %c0 {
    }
    scf.for %steps = %c2 to %c8 step %n {
    }
    %carried = scf.for %turn = %c0 to %c2 step %c3 iter_args(%state = %i) -> (index) {
      scf.yield %state : index
    }
  }
  func.return
}
"""


def named(module: ModuleOp, name: str) -> SSAValue:
    values = [value for op in module.walk() for value in op.results]
    values += [
        value for op in module.walk() for region in op.regions for block in region.blocks for value in block.args
    ]
    return next(value for value in values if value.name_hint == name)


SEEN: list[tuple[str, dict[str, int] | None, int, int]] = [
    ("c3", {}, 3, 3),
    ("n", {"n": 1}, 0, 0),
    ("outside", {"outside": 1}, 0, 0),
    ("i", {"i": 1}, 0, 0),
    ("first", {"i": 1}, 3, 3),
    ("less", {"outside": 1}, -2, -2),
    ("left", {"i": 3}, 0, 0),
    ("right", {"i": 3}, 0, 0),
    ("same", {"i": 1}, 3, 3),
    ("j", {}, 2, 8),
    ("sum", {"i": 1}, 2, 8),
    ("k", {}, 2, 5),
    ("none", {}, 9, 9),
    ("block", {}, 0, 6),
    ("turn", {}, 0, 0),
    ("each", {}, 2, 7),
    # Nothing is known of these.
    ("square", None, 0, 0),
    ("rest", None, 0, 0),
    ("down", None, 0, 0),
    ("still", None, 0, 0),
    ("some", None, 0, 0),
    ("open", None, 0, 0),
    ("steps", None, 0, 0),
    ("state", None, 0, 0),
    ("carried", None, 0, 0),
]
"""What is known within the outer loop: terms by name, and a range."""


@pytest.mark.parametrize(("name", "terms", "low", "high"), SEEN)
def test_forms_within_a_region(name: str, terms: dict[str, int] | None, low: int, high: int) -> None:
    module = parse_module(make_context(), PROGRAM, "program")
    found = Forms(_outer(module), 7).of(named(module, name))
    assert found == (
        ANYTHING if terms is None else Form({named(module, each): by for each, by in terms.items()}, low, high)
    )


def test_what_a_region_does_not_know_is_a_symbol_outside_of_it() -> None:
    module = parse_module(make_context(), PROGRAM, "program")
    forms, within = Forms(), Forms(_outer(module))
    for name in ("n", "w", "square", "rest", "block", "j", "state", "carried", "i"):
        assert forms.of(named(module, name)) == Form.symbol(named(module, name))
        assert not forms.is_free(named(module, name))
    assert forms.of(named(module, "wide")) == Form.symbol(named(module, "w"))
    assert forms.of(named(module, "less")) == Form({named(module, "n"): 1}, 1, 1)
    assert within.of(named(module, "block")) == ANYTHING
    assert [name for name in ("n", "outside", "i", "first", "j", "sum") if within.is_free(named(module, name))] == [
        "n",
        "outside",
        "i",
    ]
    assert Forms(_outer(module)).is_free(VALUES[0])


def _outer(module: ModuleOp) -> Region:
    return next(op for op in module.walk() if isinstance(op, scf.ForOp)).body
