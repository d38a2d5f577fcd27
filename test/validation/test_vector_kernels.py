"""Vector kernels compute the same as values, as bytes in the memories of the chip, and as compiled C++.

Integers and exactly rounded floats are equal. Exponentials, logarithms and reciprocal roots may differ by up to four
units in the last place, sums and products of many numbers by as much as their order makes. The remainder of floats is
rounded after each of three steps on the chip, and has a bound of its own.

Each op is here in every way to use it, for one element type; `python -m benchmarks.vector_kernels` takes all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp, UnitAttr

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.pto.compare import TCmpOp, TCmpSOp
from tilewright.dialects.pto.instruction_attributes import CmpAttr, CmpMode
from tilewright.execution.dtypes import DTYPES, Array
from tilewright.execution.native.libraries import pto_isa
from tilewright.execution.runner import Engine, Launch, run_function

from .compiled import compiled
from .generated_programs import Generated
from .oracles import (
    PTO_LIB_PATH,
    emitted,
    illegal,
    needs_compiler,
    needs_cost_model,
    needs_pto_isa,
    needs_ptoas,
    parse,
    ptoas,
)
from .three_engines import check
from .vector_cases import Case, binary, cases, selection, unary
from .vector_corners import BEYOND_PTOAS, CORNERS
from .vector_kernels import Kernel
from .vector_modules import MODULES, ON_BLOCKS

CASES = selection()
PARTS = {f"{at}-{at + 39}": CASES[at : at + 40] for at in range(0, len(CASES), 40)}
PROGRAMS = {
    **{name: [case.program for case in part] for name, part in PARTS.items()},
    "modules": [module.program for module in MODULES.values()],
    "corners": [module.program for module in CORNERS.values()],
}
ON_CORES = pytest.mark.parametrize("engine", [Engine.PHYSICAL, pytest.param(Engine.NATIVE, marks=needs_compiler)])


@pytest.fixture(autouse=True, scope="module")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TILEWRIGHT_CACHE", str(tmp_path_factory.mktemp("compiled")))
        patch.delenv("PTO_LIB_PATH", raising=False)  # our own headers know bf16 with every compiler
        yield


def _kernels(programs: Sequence[Generated]) -> ModuleOp:
    """The kernels of several programs, lowered, as one module."""
    kernels: list[func.FuncOp] = []
    for number, program in enumerate(programs):
        module = compiled(program.text.replace("@kernel", f"@kernel_{number}"), "a2a3")
        kernels += [op.clone() for op in module.ops if isinstance(op, func.FuncOp)]
    for kernel in kernels:
        kernel.attributes["pto.entry"] = UnitAttr()
    return ModuleOp(kernels)


@needs_compiler
@pytest.mark.parametrize("name", [*PROGRAMS, "beyond ptoas"])
def test_engines_agree(name: str) -> None:
    outcomes = check(PROGRAMS.get(name, [module.program for module in BEYOND_PTOAS.values()]))
    assert not [(outcome.reason, outcome.program.text) for outcome in outcomes if outcome.state != "agree"]
    assert all(outcome.engines == 3 for outcome in outcomes)


@needs_ptoas
@pytest.mark.parametrize("name", PROGRAMS)
def test_ptoas_accepts_them(name: str, tmp_path: Path) -> None:
    ptoas(emitted("pto", _kernels(PROGRAMS[name])), tmp_path, "--pto-level=level3")


@needs_cost_model
@pytest.mark.parametrize("name", PROGRAMS)
def test_the_chip_has_the_instructions(name: str, tmp_path: Path) -> None:
    assert not illegal(emitted("cce", _kernels(PROGRAMS[name])), tmp_path)


@needs_cost_model
def test_the_chip_has_no_exponential_of_integers(tmp_path: Path) -> None:
    cpp = emitted("cce", compiled(unary("exp", "16x64xf32", "16x64xf32").text, "a2a3"))
    assert illegal(cpp.replace("float", "int32_t"), tmp_path)


SIMULATOR_LACKS = {
    # There is no instruction for it.
    "row_argmax": "f16 f32",
    "row_argmin": "f16 f32",
    # The f16 of a host compiler has no largest number there, so it fills with zeros.
    "fill-min": "f16",
    "fill-max": "f16",
    # A sorted f16 takes four elements, as the documentation of TSORT32 says; the simulator moves on by two for each, so
    # that blocks of 32 overwrite each other.
    "sort": "f16",
    "merge-four": "f16",
}
"""Ops, and the types for which the simulator is no judge."""


def _simulated(case: Case) -> Generated:
    """A case with what the simulator may be off by.

    From f32 to f16 it rounds to nearest whatever the mode; the chip has an instruction for each mode
    (hw-native-sys/pto-isa include/pto/npu/a2a3/TCvt.hpp). The result is another neighbour: one unit in the last place.
    8 bits go by way of f16, so there a whole number may be the next one.
    """
    *_, target = case.name.split("-")
    rounds = case.name.startswith("cast") and case.element == "f32" and target in ("f16", "i8", "ui8")
    outputs = [replace(output, ulp=max(output.ulp, int(rounds))) for output in case.program.outputs]
    return replace(case.program, outputs=tuple(outputs))


def _is_judged(case: Case) -> bool:
    # With g++ before 13 the simulator's bfloat16_t is _Float16.
    return "bf16" not in case.program.text and case.element not in SIMULATOR_LACKS.get(case.name, "").split()


SIMULATED = {
    # It knows no largest f16 to fill with.
    "modules": [each.program for name, each in MODULES.items() if "bf16" not in each.text and name != "clamp-a-part"],
    "f16": [_simulated(case) for case in cases() if case.element == "f16" and _is_judged(case)],
    "f32-casts": [
        _simulated(case) for case in cases() if case.element == "f32" and "cast" in case.name and _is_judged(case)
    ],
}


@needs_pto_isa
@needs_compiler
@pytest.mark.parametrize("name", SIMULATED)
def test_the_simulator_computes_it_too(name: str) -> None:
    assert PTO_LIB_PATH is not None
    outcomes = check(SIMULATED[name], pto_isa(Path(PTO_LIB_PATH)))
    assert not [(outcome.reason, outcome.program.text) for outcome in outcomes if outcome.state != "agree"]


@pytest.mark.parametrize("predicate", ["ne", "lt", "le", "gt", "ge"])
@pytest.mark.parametrize("suffix", ["", "-of-scalar"])
def test_elements_of_i32_are_only_asked_whether_they_are_equal(predicate: str, suffix: str) -> None:
    name = f"{predicate}{suffix}"
    (case,) = [each for each in cases() if (each.name, each.element) == (name, "i32")]
    asked = [op for op in compiled(case.program.text, "a2a3").walk() if isinstance(op, TCmpOp | TCmpSOp)]
    # A part of the released libraries answers eq to any question about i32.
    assert [op.cmp_mode for op in asked] == [CmpAttr(CmpMode.EQ)]


@pytest.mark.parametrize(("mode", "expected"), [("floor", 7.08984375), ("ceil", 7.09375), ("rint", 7.09375)])
def test_a_mode_rounds_f32_to_f16(mode: str, expected: float) -> None:
    kernel = unary(f"cast {mode}", "16x64xf32", "16x64xf16")
    value = np.full((16, 64), 7.0925, np.float32)
    for engine in (Engine.VALUE, Engine.PHYSICAL):
        assert (_ran(kernel, [value], engine) == np.float16(expected)).all()


@pytest.mark.parametrize("of", ["f32", "f16", "bf16", "i16"])
def test_remainders(of: str) -> None:
    kernel, dtype = binary("rem", of, "16x64", "16x64"), DTYPES[of]
    random = np.random.default_rng(5)
    a, b = (random.uniform(-bound, bound, (16, 64)).astype(dtype) for bound in (1000, 10))
    b[b == 0] = 1
    a[0] = (b[0].astype(np.float64) * np.arange(1, 65)).astype(dtype)  # quotients next to whole numbers
    value, physical = (_ran(kernel, [a, b], engine).astype(np.float64) for engine in (Engine.VALUE, Engine.PHYSICAL))
    wide_a, wide_b = a.astype(np.float64), b.astype(np.float64)
    exact = np.fmod(wide_a, wide_b)
    np.testing.assert_array_equal(value, exact)
    if dtype.kind == "i":
        np.testing.assert_array_equal(physical, exact)
        return
    apart = np.min([np.abs(physical - exact - turn * wide_b) for turn in (-1, 0, 1)], axis=0)
    # A type of 16 bits rounds the remainder once more.
    last = 0 if of == "f32" else np.abs(np.spacing(physical.astype(dtype)).astype(np.float64))
    assert (apart <= 2.0**-22 * np.abs(wide_a) + last).all()


def _ran(kernel: Kernel, inputs: Sequence[Array], engine: Engine) -> Array:
    arrays = [each.copy() for each in inputs]
    arrays += kernel.arrays({name: each for name, each in zip(kernel.inputs, inputs, strict=True)})[len(inputs) :]
    run_function(parse(kernel.text), "kernel", arrays, engine)
    return arrays[-1]


@ON_CORES
def test_each_block_has_its_rows(engine: Engine) -> None:
    (array,) = ON_BLOCKS.arrays()
    rows = array[:, :32].astype(np.float32)
    expected = array.copy()
    for block in range(4):
        squares = rows[16 * block : 16 * block + 16] ** 2
        expected[16 * (3 - block) : 64 - 16 * block, 32:] = squares.astype(array.dtype)
    run_function(parse(ON_BLOCKS.text), "kernel", [array], engine, Launch(blocks=4))
    np.testing.assert_array_equal(array, expected)


TWO_KERNELS = """
func.func @main(%a: !tile.tensor<16x64xf32>, %o: !tile.tensor<16x64xf32>) {
  %c0 = arith.constant 0 : index
  %doubled = task.scope "double" {
    %x = tile.load %a[%c0, %c0] : !tile.tensor<16x64xf32> -> !tile.tile<16x64xf32>
    %y = tile.add %x, %x : !tile.tile<16x64xf32>, !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
    tile.store %y, %o[%c0, %c0] : !tile.tile<16x64xf32>, !tile.tensor<16x64xf32>
  }
  %negated = task.scope "negate" after(%doubled) {
    %x = tile.load %o[%c0, %c0] : !tile.tensor<16x64xf32> -> !tile.tile<16x64xf32>
    %y = tile.neg %x : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
    tile.store %y, %o[%c0, %c0] : !tile.tile<16x64xf32>, !tile.tensor<16x64xf32>
  }
  func.return
}
"""


@ON_CORES
def test_a_module_with_several_kernels(engine: Engine) -> None:
    module = compiled(TWO_KERNELS, "outline-scopes,a2a3")
    array = np.random.default_rng(0).standard_normal((16, 64)).astype(np.float32)
    result, expected = np.zeros_like(array), np.zeros_like(array)
    run_function(parse(TWO_KERNELS), "main", [array, expected], Engine.VALUE)
    run_function(module, "main_double", [array, result], engine)
    run_function(module, "main_negate", [result], engine)
    np.testing.assert_array_equal(result, expected)
    np.testing.assert_array_equal(result, -2 * array)


@needs_ptoas
@pytest.mark.parametrize("level", [2, 3])
def test_ptoas_accepts_several_kernels(level: int, tmp_path: Path) -> None:
    module = compiled(TWO_KERNELS, f"outline-scopes,a2a3{{level={level}}}")
    assert "main_negate" in ptoas(emitted("pto", module), tmp_path, f"--pto-level=level{level}")


def test_at_level_two_ptoas_places_and_synchronises() -> None:
    module = MODULES["pipeline"]
    text = emitted("pto", compiled(module.text, "a2a3{level=2}"))
    assert "addr" not in text
    assert "_flag" not in text
    # What we make of that text computes the same.
    again, expected = module.arrays(), module.arrays()
    run_function(compiled(text, "pto"), "kernel", [*again, 64], Engine.PHYSICAL)
    run_function(parse(module.text), "kernel", [*expected, 64], Engine.VALUE)
    for one, other in zip(again, expected, strict=True):
        np.testing.assert_array_equal(one.reshape(other.shape), other)


@needs_ptoas
def test_ptoas_accepts_level_two(tmp_path: Path) -> None:
    for module in MODULES.values():
        ptoas(emitted("pto", compiled(module.text, "a2a3{level=2}")), tmp_path, "--pto-level=level2")


@pytest.mark.parametrize(
    ("kernel", "code"),
    [
        (binary("div", "i32", "16x64", "16x64"), "TW0313"),
        (binary("rem", "i32", "16x64", "16x64"), "TW0313"),
        (binary("add", "ui8", "16x64", ""), "TW0313"),
        (unary("cast rint", "16x64xf32", "16x64xui32"), "TW0313"),
        (unary("reshape", "8x12xf32", "1x96xf32"), "TW0315"),
    ],
)
def test_what_the_chip_does_not_have_is_refused(kernel: Kernel, code: str) -> None:
    with pytest.raises(DiagnosticError) as raised:
        compiled(kernel.text, "a2a3")
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.code == code
    assert diagnostic.help
    assert diagnostic.location is not None
    line = kernel.text.splitlines()[diagnostic.location.line - 1]
    assert "%o = tile." in line or "%b: ui8" in line
