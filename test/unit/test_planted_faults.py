"""The faults that `benchmarks.planted_faults` plants: what they are, where none is, and which are drawn."""

from __future__ import annotations

import ast
import gc
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.planted_faults.check import Check
from benchmarks.planted_faults.mutations import enums_of, faults, planted
from benchmarks.planted_faults.no_faults import key_of, no_faults
from benchmarks.planted_faults.reached import Reached
from benchmarks.planted_faults.scope import ROOT, sources
from benchmarks.planted_faults.selection import chosen
from benchmarks.planted_faults.swapping import called_at_import, swapped
from benchmarks.planted_faults.tests import tests_of as checks_of

ENUMS = {"Pipe": ("M", "V")}


def texts(source: str) -> list[str]:
    """The source with each of its faults."""
    return [ast.unparse(planted(source, fault, ENUMS)) for fault in faults("x.py", source, ENUMS)]


@pytest.mark.parametrize(
    "source, expected",
    [
        ("a < b", ["a <= b"]),
        ("x = a not in b", ["x = a in b"]),
        ("x = a // b", ["x = a * b"]),
        ("x -= a", ["x += a", "pass"]),
        ("x = -a", ["x = a"]),
        ("x = 7", ["x = 8", "x = 6"]),
        ("x = True", ["x = False"]),
        ("x = a[0]", ["x = a[1]"]),
        ("x = a[2]", ["x = a[1]", "x = a[3]"]),
        ("if a:\n    f()", ["if not a:\n    f()", "if a:\n    pass"]),
        ("x = [a for a in b if c]", ["x = [a for a in b if not c]"]),
        ("x = a and b", ["x = a or b"]),
        ("x = f(a, b, a)", ["x = f(b, a, a)", "x = f(a, a, b)"]),
        ("x = min(a)", ["x = max(a)"]),
        ("x = np.minimum", ["x = np.maximum"]),
        ("x = Pipe.V", ["x = Pipe.M"]),
        ("x = a[b:c]", ["x = a[b + 1:c]", "x = a[b:c - 1]"]),
        ("a.b = c", ["pass"]),
        ("while a:\n    break", ["while not a:\n    break", "while a:\n    pass"]),
    ],
)
def test_each_kind_of_fault(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        '"""Text of 3 words."""',
        "fail('TW0001', 1 + 2)",
        "raise ValueError(1 + 2)",
        "assert a < b",
        "x = f'{1 + 2}'",
        "def f(a: A | B) -> C | D:\n    return a",
        "def __repr__(self):\n    return 1 + 2",
        "def f() -> str:\n    return g(1, 2)",
        "def modelled_time():\n    return 1",
        "@cache(1)\ndef f():\n    return a",
        "op.location = 1",
        "rename(a, 1)",
        "x = isinstance(a, A | B)",
        "x: Literal[1] = a",
        "from a import b",
        "if a < b:\n    name = f(a, b)\n    fail('TW0001', name)",
        "if a:\n    for each in b:\n        refuse_it(each, 1)",
        "def check_it(a):\n    f(a, 1)",
        "x = gcd(a, b)",
        "x = np.logical_and(a, b)",
        "call.counts.matmuls += 1",
        "array.setflags(write=False)",
    ],
)
def test_no_fault_where_none_can_matter(source: str) -> None:
    assert texts(source) == []


def test_a_fault_says_where_and_what() -> None:
    (fault,) = faults("tilewright/x.py", "def f(a):\n    return (\n        a < b)\n", ENUMS)
    assert (str(fault), fault.statement) == ("tilewright/x.py:3: comparison: `a < b` is `a <= b`", 2)
    assert not fault.at_import
    assert {each.at_import for each in faults("x.py", "TABLE = {1: f(a, b)}\nclass A:\n    b = 1\n", ENUMS)} == {True}


def test_enumerations_are_found() -> None:
    assert enums_of(["class Pipe(StrEnum):\n    M = 'm'\n    V = 'v'\nclass Other:\n    A = 1\n    B = 2\n"]) == {
        "Pipe": ["M", "V"]
    }


def test_faults_are_drawn_evenly_and_the_same_for_a_seed() -> None:
    found = [fault for name in "abcd" for fault in faults(name, "x = min(a) + b\nx = y < z\n", ENUMS)]
    drawn = chosen(found, 6, 1)
    assert drawn == chosen(found, 6, 1)
    assert drawn != chosen(found, 6, 2)
    assert set(Counter(fault.kind for fault in drawn).values()) == {2}
    assert set(Counter(fault.path for fault in drawn).values()) == {1, 2}


def test_what_runs_is_noted() -> None:
    path = ROOT / "tilewright" / "passes" / "analysis" / "packing.py"
    reached = Reached([path])
    # A dataclass looks its own module up.
    space: dict[str, object] = {"__name__": __name__}
    exec(reached.codes[path], space)
    assert reached.taken()
    assert reached.taken() == {}
    block, pack = space["Block"], space["pack"]
    assert callable(block)
    assert callable(pack)
    pack([block(32, 0, 1)], 32, 64)
    lines = reached.taken()["tilewright/passes/analysis/packing.py"]
    text = path.read_text().splitlines()
    assert any("offsets[index] = offset" in text[line - 1] for line in lines)
    assert not any("return self.start" in text[line - 1] for line in lines)


def test_messages_advice_and_the_harness_itself_are_out_of_scope() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in sources()}
    assert "tilewright/passes/insert_sync.py" in names
    assert "tilewright/execution/numerics/cube.py" in names
    assert not any("lint" in Path(name).parts or "races" in Path(name).parts for name in names)
    assert "tilewright/execution/validation.py" not in names


@pytest.mark.parametrize("path", sorted({path for path, _, _ in no_faults()}))
def test_what_is_no_fault_is_still_there(path: str) -> None:
    source = (ROOT / path).read_text()
    enums = enums_of(each.read_text() for each in (ROOT / "tilewright").rglob("*.py"))
    there = {key_of(fault, source) for fault in faults(path, source, enums)}
    assert {key for key in no_faults() if key[0] == path} <= there


MODULE = """
def value(a):
    return a < 1

def make(b):
    def made(a):
        return a < b
    return made

KEPT = make(1)
"""


@pytest.mark.parametrize("before, after, expected", [("a < 1", "a > 0", True), ("a < b", "a > b", False)])
def test_a_function_gets_other_code_in_place_unless_it_made_others(before: str, after: str, expected: bool) -> None:
    path = f"swapped-{expected}.py"
    right = compile(MODULE, path, "exec")
    names: dict[str, Callable[[int], bool]] = {}
    exec(right, names)
    gc.freeze()
    try:
        assert swapped(path, right, compile(MODULE.replace(before, after), path, "exec")) is expected
    finally:
        gc.unfreeze()
    assert names["value"](1) is expected


def test_functions_that_run_at_import_are_found() -> None:
    source = """
TABLE = {1: first(2), 2: other}
@decorated
def first(a=default()):
    return second(a)
def other():
    return third()
"""
    assert called_at_import([ast.parse(source)]) == {"first", "decorated", "default", "second"}
    right, faulty = (compile(MODULE.replace("a < 1", text), "early.py", "exec") for text in ("a < 1", "a > 0"))
    exec(right, names := {})
    assert not swapped("early.py", right, faulty, {"value"})
    assert names["value"](1) is False


def test_names_of_checks_are_the_same_after_another_import() -> None:
    def twice() -> Check:
        def function(case: object) -> None: ...

        module = ModuleType("tests")
        vars(module)["test_it"] = pytest.mark.parametrize("case", [lambda: 1])(function)
        module.test_it.__name__ = "test_it"
        return next(checks_of(module, {}, 0))

    assert twice().name == twice().name
