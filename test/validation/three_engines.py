"""Runs generated programs on all engines that take part, and compares what they make of them.

Many kernels are compiled as one C++ text, which costs a fraction of as many compilations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import StringIO

import numpy as np
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from xdsl.context import Context
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.execution.dtypes import DTYPES, Array
from tilewright.execution.native.compiler import Entry, compiled_library
from tilewright.execution.native.libraries import ENTRY, Library, host_headers
from tilewright.execution.native.process import Number, run_kernel
from tilewright.execution.physical_engine import run_physical
from tilewright.execution.runner import find_function, run_function
from tilewright.lowering import cce

from .compiled import compiled, parse
from .generated_cubes import cube_programs
from .generated_programs import Generated, tile_programs
from .generated_vectors import vector_programs

FAMILIES: dict[str, st.SearchStrategy[Generated]] = {
    "vector": vector_programs(),
    "cube": cube_programs(),
    "tile": tile_programs(),
}


@dataclass(frozen=True)
class Outcome:
    """What became of a program.

    Attributes:
        program: which.
        state: `agree`, `refused` or `DIFFER`.
        reason: why, if not the first.
        engines: how many ran it; numpy is none.
        told: of how many outputs numpy had a say.
    """

    program: Generated
    state: str
    reason: str = ""
    engines: int = 0
    told: int = 0


@dataclass(frozen=True)
class Run:
    """A program with its kernel and what engines have made of its arguments."""

    program: Generated
    kernel: func.FuncOp
    results: dict[str, list[Array | float]]


def generated(family: str, count: int, number: int) -> list[Generated]:
    """Give programs of a family, always the same for a number."""
    found: list[Generated] = []

    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(FAMILIES[family])
    def collect(program: Generated) -> None:
        found.append(program)

    collect()
    return found


def check(programs: Sequence[Generated], library: Library | None = None) -> list[Outcome]:
    """Run programs, natively as one library, and tell for each whether all agree.

    Args:
        programs: of any families.
        library: what the C++ is compiled against; None takes our own headers, unoptimised.
    """
    outcomes: list[Outcome] = []
    runs: list[Run] = []
    for number, program in enumerate(programs):
        try:
            runs.append(interpreted(program, f"kernel_{number}"))
        except DiagnosticError as error:
            first = error.diagnostics[0]
            outcomes.append(Outcome(program, "refused", f"{first.code} {first.message}"))
    return outcomes + natively(runs, unoptimised(host_headers()) if library is None else library)


def unoptimised(library: Library) -> Library:
    """Compile fast: these kernels are small, and the numbers are the same."""
    return replace(library, flags=tuple("-O0" if flag.startswith("-O") else flag for flag in library.flags))


def interpreted(program: Generated, name: str) -> Run:
    """Run on the engines in Python, as a kernel of this name."""
    text = program.text.replace("@kernel", f"@{name}")
    kernel = find_function(compiled(text, program.pipeline), name)
    results = {"physical": _copies(program)}
    if program.family == "tile":
        results["value"] = _copies(program)
        run_function(parse(text), name, results["value"], "value")
    run_physical(kernel, results["physical"])
    return Run(program, kernel, results)


def _copies(program: Generated) -> list[Array | float]:
    return [each.copy() if isinstance(each, np.ndarray) else each for each in program.arguments]


def natively(runs: Sequence[Run], library: Library) -> list[Outcome]:
    """Add what the native engine makes of programs, and compare. Compiles all together; if that fails, one by one."""
    module = ModuleOp([run.kernel.clone() for run in runs])
    names = [run.kernel.sym_name.data for run in runs]
    try:
        path = compiled_library(_cpp(module), [Entry("")], replace(library, entry=_entries(library, names)))
    except DiagnosticError as error:
        if len(runs) > 1:
            return [outcome for run in runs for outcome in natively([run], library)]
        first = error.diagnostics[0]
        return [Outcome(runs[0].program, "DIFFER", f"{first.code} {first.message}: {first.notes[:1]}")]
    outcomes: list[Outcome] = []
    for number, run in enumerate(runs):
        run.results["native"] = _copies(run.program)
        pairs = zip(run.results["native"], run.kernel.function_type.inputs, strict=True)
        slots = [_slot(value, str(type_)) for value, type_ in pairs]
        try:
            refused = run_kernel(path, [Number(number), *slots], blocks=1)
        except DiagnosticError as error:
            outcomes.append(Outcome(run.program, "DIFFER", error.diagnostics[0].message))
            continue
        if refused is not None:
            outcomes.append(Outcome(run.program, "DIFFER", f"natively {refused.code} {refused.message}"))
        else:
            outcomes.append(compared(run))
    return outcomes


def _slot(value: Array | float, type_: str) -> Array | Number:
    """An array, or the bits of a number of a type."""
    if isinstance(value, np.ndarray):
        return value
    if isinstance(value, float):
        return Number(int.from_bytes(DTYPES[type_].type(value).tobytes(), "little"))
    return Number(value % 2**64)


def _cpp(module: ModuleOp) -> str:
    output = StringIO()
    cce.emit(Context(), module, output)
    return output.getvalue()


_DISPATCHER = f"""
extern "C" int {ENTRY}(const uint64_t* slots, const uint64_t* sizes, int count, int blocks, char* message,
    uint64_t room) {{
  switch (slots[0]) {{
@CASES@
  }}
  return 0;
}}
"""


def _entries(library: Library, names: Sequence[str]) -> str:
    """An entry for each kernel, and one that the first slot tells which kernel to run."""
    each: list[str] = []
    cases: list[str] = []
    for number, name in enumerate(names):
        program = library.program.format(kernel=f"on_any_core::{name}", kind="Any", subblock=0, subblocks=1)
        each.append(library.entry.replace(ENTRY, f"run_{name}").replace("@PROGRAMS@", program))
        call = f"run_{name}(slots + 1, sizes + 1, count - 1, blocks, message, room)"
        cases.append(f"    case {number}: return {call};")
    return "\n".join(each) + _DISPATCHER.replace("@CASES@", "\n".join(cases))


def compared(run: Run) -> Outcome:
    """Compare every engine with numpy, and with the physical engine."""
    program, told = run.program, 0
    physical = run.results["physical"]
    for output in program.outputs:
        expected = output.expected
        told += expected is not None
        for engine, results in run.results.items():
            result, other = results[output.position], physical[output.position]
            assert isinstance(result, np.ndarray)
            assert isinstance(other, np.ndarray)
            if expected is not None and (place := _far(result, expected, output.bound)) is not None:
                wrong = (
                    f"{engine} gives {result[place]}, numpy {expected[place]}, at {place} of argument {output.position}"
                )
                return Outcome(program, "DIFFER", wrong)
            if program.exact and (place := _apart(result, other, output.ulp)) is not None:
                wrong = (
                    f"{engine} gives {result[place]}, physical {other[place]}, at {place} of argument {output.position}"
                )
                return Outcome(program, "DIFFER", wrong)
    return Outcome(program, "agree", engines=len(run.results), told=told)


def _first(wrong: Array) -> tuple[int, ...] | None:
    return tuple(map(int, np.argwhere(wrong)[0])) if wrong.any() else None


def _far(result: Array, expected: Array, bound: Array | float) -> tuple[int, ...] | None:
    """Where a result is farther from numpy's than it may be; zeros of both signs are the same."""
    with np.errstate(invalid="ignore", over="ignore"):
        a, b = result.astype(np.float64), expected.astype(np.float64)
        return _first(~((np.abs(a - b) <= bound) | (a == b) | (np.isnan(a) & np.isnan(b))))


def _apart(one: Array, other: Array, ulp: int) -> tuple[int, ...] | None:
    """Where results differ: in any bit, but for those of a NaN, or by more units in the last place than `ulp`."""
    words = np.dtype(f"u{one.itemsize}")
    if one.dtype.kind in "iu":
        return _first((one != other) & (np.abs(one.astype(np.int64) - other.astype(np.int64)) > ulp))
    with np.errstate(all="ignore"):
        wide, wider = one.astype(np.float64), other.astype(np.float64)
        both_nan = np.isnan(wide) & np.isnan(wider)
        same = one.view(words) == other.view(words)
        if ulp:
            same |= np.abs(wide - wider) <= ulp * np.spacing(np.abs(other)).astype(np.float64)
    return _first(~(same | both_nan))
