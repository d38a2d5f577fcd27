"""Loops, switches and branches between blocks as C++, compiled for the host and compared with Python."""

from __future__ import annotations

import ctypes
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .oracles import needs_compiler
from .scalar_programs import compiled

pytestmark = needs_compiler

_PROGRAMS = """
func.func @gcd(%a: i64, %b: i64) -> i64 {
  %c0 = arith.constant 0 : i64
  %r:2 = scf.while (%x = %a, %y = %b) : (i64, i64) -> (i64, i64) {
    %more = arith.cmpi ne, %y, %c0 : i64
    scf.condition(%more) %x, %y : i64, i64
  } do {
  ^bb0(%u: i64, %v: i64):
    %rest = arith.remsi %u, %v : i64
    scf.yield %v, %rest : i64, i64
  }
  return %r#0 : i64
}

func.func @halvings(%n: i64, %unused: i64) -> i64 {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %r:2 = scf.while (%x = %n, %steps = %c0) : (i64, i64) -> (i64, i64) {
    %half = arith.divsi %x, %c2 : i64
    %more = arith.cmpi sgt, %half, %c0 : i64
    %sum = arith.addi %half, %steps : i64
    scf.condition(%more) %half, %sum : i64, i64
  } do {
  ^bb0(%u: i64, %v: i64):
    scf.yield %u, %v : i64, i64
  }
  return %r#1 : i64
}

func.func @in_a_loop(%n: i64, %m: i64) -> i64 {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%sum = %c0) -> (i64) : i64 {
    %k = scf.while (%x = %c0) : (i64) -> i64 {
      %square = arith.muli %x, %x : i64
      %more = arith.cmpi slt, %square, %i : i64
      scf.condition(%more) %x : i64
    } do {
    ^bb0(%u: i64):
      %next = arith.addi %u, %c1 : i64
      scf.yield %next : i64
    }
    %s = arith.addi %sum, %k : i64
    scf.yield %s : i64
  }
  return %r : i64
}

func.func @choice(%a: i64, %b: i64) -> i64 {
  %i = arith.index_cast %a : i64 to index
  %c5 = arith.constant 5 : i64
  %r = scf.index_switch %i -> i64
  case -3 {
    scf.yield %b : i64
  }
  case 7 {
    %sum = arith.addi %b, %c5 : i64
    scf.yield %sum : i64
  }
  default {
    scf.yield %a : i64
  }
  return %r : i64
}

func.func @inner_blocks(%a: i64, %b: i64) -> i64 {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %less = arith.cmpi slt, %a, %b : i64
  %r = scf.execute_region -> (i64) {
    cf.cond_br %less, ^count(%a, %c0 : i64, i64), ^out
  ^count(%x: i64, %n: i64):
    %next = arith.addi %x, %c1 : i64
    %m = arith.addi %n, %x : i64
    %more = arith.cmpi slt, %next, %b : i64
    cf.cond_br %more, ^count(%next, %m : i64, i64), ^done(%m : i64)
  ^done(%total: i64):
    scf.yield %total : i64
  ^out:
    scf.yield %b : i64
  }
  %s = arith.addi %r, %c1 : i64
  return %s : i64
}

func.func @exchanged(%a: i64, %b: i64) -> i64 {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %r = scf.execute_region -> (i64) {
    cf.br ^loop(%a, %b, %c0 : i64, i64, i64)
  ^loop(%x: i64, %y: i64, %n: i64):
    %next = arith.addi %n, %c1 : i64
    %more = arith.cmpi slt, %next, %b : i64
    cf.cond_br %more, ^loop(%y, %x, %next : i64, i64, i64), ^end
  ^end:
    scf.yield %x : i64
  }
  return %r : i64
}

func.func @flags(%a: i64, %b: i64) -> i64 {
  %flag = arith.trunci %a : i64 to i32
  %r = scf.execute_region -> (i64) {
    cf.switch %flag : i32, [
      default: ^other,
      2: ^two(%a : i64),
      -1: ^two(%b : i64)
    ]
  ^two(%x: i64):
    %twice = arith.addi %x, %x : i64
    scf.yield %twice : i64
  ^other:
    scf.yield %a : i64
  }
  return %r : i64
}

func.func @collatz(%n: i64, %limit: i64) -> i64 {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %c3 = arith.constant 3 : i64
  cf.br ^head(%n, %c0 : i64, i64)
^head(%x: i64, %steps: i64):
  %one = arith.cmpi sle, %x, %c1 : i64
  cf.cond_br %one, ^found, ^count
^count:
  %late = arith.cmpi sge, %steps, %limit : i64
  %more = arith.addi %steps, %c1 : i64
  cf.cond_br %late, ^lost, ^step
^step:
  %rest = arith.remsi %x, %c2 : i64
  %even = arith.cmpi eq, %rest, %c0 : i64
  cf.cond_br %even, ^halve, ^triple
^halve:
  %half = arith.divsi %x, %c2 : i64
  cf.br ^head(%half, %more : i64, i64)
^triple:
  %thrice = arith.muli %x, %c3 : i64
  %next = arith.addi %thrice, %c1 : i64
  cf.br ^head(%next, %more : i64, i64)
^found:
  return %steps : i64
^lost:
  %none = arith.constant -1 : i64
  return %none : i64
}

func.func @once(%a: i64, %b: i64) -> i64 {
  %r = scf.execute_region -> (i64) {
    %sum = arith.addi %a, %b : i64
    scf.yield %sum : i64
  }
  return %r : i64
}
"""


def _halvings(n: int, _unused: int) -> int:
    total = 0
    while True:
        n //= 2
        total += n
        if n <= 0:
            return total


def _inner_blocks(a: int, b: int) -> int:
    return (sum(range(a, b)) if a < b else b) + 1


def _collatz(n: int, limit: int) -> int:
    steps = 0
    while n > 1:
        if steps >= limit:
            return -1
        n, steps = n // 2 if n % 2 == 0 else 3 * n + 1, steps + 1
    return steps


_SMALL = st.integers(-20, 60)
_NATURAL = st.integers(0, 60)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> ctypes.CDLL:
    return compiled(_PROGRAMS, tmp_path_factory.mktemp("control"))


def _run(library: ctypes.CDLL, name: str, a: int, b: int) -> int:
    function = library[name]
    function.restype, function.argtypes = ctypes.c_int64, [ctypes.c_int64, ctypes.c_int64]
    return function(a, b)


@given(a=_NATURAL, b=_NATURAL)
@settings(deadline=None)
def test_a_loop_hands_on_two_values(library: ctypes.CDLL, a: int, b: int) -> None:
    assert _run(library, "gcd", a, b) == math.gcd(a, b)


@given(n=_NATURAL)
@settings(deadline=None)
def test_a_loop_gives_what_its_test_computed(library: ctypes.CDLL, n: int) -> None:
    assert _run(library, "halvings", n, 0) == _halvings(n, 0)


@given(n=_NATURAL)
@settings(deadline=None)
def test_a_loop_inside_a_loop(library: ctypes.CDLL, n: int) -> None:
    assert _run(library, "in_a_loop", n, 0) == sum(math.isqrt(i - 1) + 1 if i else 0 for i in range(n))


@given(a=st.sampled_from([-3, 7]) | _SMALL, b=_SMALL)
@settings(deadline=None)
def test_a_choice_by_number(library: ctypes.CDLL, a: int, b: int) -> None:
    assert _run(library, "choice", a, b) == {-3: b, 7: b + 5}.get(a, a)


@given(a=_SMALL, b=_SMALL)
@settings(deadline=None)
def test_blocks_in_a_region(library: ctypes.CDLL, a: int, b: int) -> None:
    assert _run(library, "inner_blocks", a, b) == _inner_blocks(a, b)
    assert _run(library, "exchanged", a, b) == (b if b > 1 and b % 2 == 0 else a)
    assert _run(library, "once", a, b) == a + b


@given(a=st.sampled_from([2, -1]) | _SMALL, b=_SMALL)
@settings(deadline=None)
def test_a_switch_between_blocks(library: ctypes.CDLL, a: int, b: int) -> None:
    assert _run(library, "flags", a, b) == {2: 2 * a, -1: 2 * b}.get(a, a)


@given(n=_NATURAL, limit=_NATURAL)
@settings(deadline=None)
def test_blocks_in_a_function(library: ctypes.CDLL, n: int, limit: int) -> None:
    assert _run(library, "collatz", n, limit) == _collatz(n, limit)
