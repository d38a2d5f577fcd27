"""What the language says about each mistake, and where."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent, indent

import numpy as np
import pytest

import tilewright.language as pl
from tilewright.language.failures import CompileError

HEADER = """\
@pl.jit
def kernel(x: pl.Tensor[[16, 64], pl.FP32], n: pl.Scalar[pl.INT32], y: pl.Out[pl.Tensor[[16, 64], pl.FP32]]):
"""
SCOPE = "with pl.at(level=pl.Level.CORE_GROUP):\n"


def entry(body: str) -> str:
    """A kernel whose body starts on line 3."""
    return HEADER + indent(dedent(body).strip("\n"), "    ") + "\n"


def compute(body: str) -> str:
    """A kernel whose compute scope starts on line 4."""
    return entry(SCOPE + indent(dedent(body).strip("\n"), "    "))


def errors(text: str) -> CompileError:
    """What compiling the last kernel of a text says."""
    with pytest.raises(CompileError) as caught:
        pl.parse(text).compile()
    return caught.value


CASES = {
    # Where operations stand
    "op_outside_of_a_scope": (entry("t = pl.add(x, x)"), "TW0601", 3, "pl.add computes, and stands outside"),
    "slice_read_outside": (entry("t = pl.exp(x[0:8, :])"), "TW0601", 3, "outside of a compute scope"),
    "pipeline_outside": (entry("for i in pl.pipeline(4, stage=2):\n    pass"), "TW0601", 3, "pl.pipeline stands in a"),
    "parallel_inside": (compute("for i in pl.parallel(4):\n    pass"), "TW0601", 4, "pl.parallel stands outside"),
    "dummy_inside": (compute("t = pl.system.task_dummy()"), "TW0601", 4, "and stands in one"),
    "scope_in_a_scope": (compute(SCOPE + "    y[:] = x"), "TW0612", 4, "cannot stand in another one"),
    # Types
    "dtype_mix": (compute("y[:] = pl.add(x, pl.cast(x, pl.FP16))"), "TW0621", 4, "pl.add of pl.FP32 and pl.FP16"),
    "shape_mismatch": (compute("y[:] = pl.add(x, x[:, 0:32])"), "TW0622", 4, "shapes [16, 64] and [16, 32]"),
    "store_of_another_shape": (
        compute("y[0:8, :] = pl.exp(x)"),
        "TW0622",
        4,
        "[16, 64] is stored to a slice of shape [8, 64]",
    ),
    "store_of_another_dtype": (
        compute("y[:] = pl.cast(x, pl.BF16)"),
        "TW0621",
        4,
        "pl.BF16 is stored to a tensor of pl.FP32",
    ),
    "row_vector_for_a_column": (
        compute("y[:] = pl.row_expand_mul(x, x[0:1, 0:16])"),
        "TW0622",
        4,
        "takes [16, 1] here",
    ),
    "reshape_count": (compute("t = pl.reshape(x, [8, 64])"), "TW0622", 4, "another number of elements"),
    "k_differs": (compute("t = pl.matmul(x, x)"), "TW0622", 4, "K differs: [16, 64] times [16, 64]"),
    "k_fractal": (
        compute("t = pl.matmul(x[:, 0:4], pl.transpose(x[:, 0:4], 0, 1))"),
        "TW0625",
        4,
        "K is 4, which is not a multiple of",
    ),
    "unmultiplied_dtype": (
        compute("i = pl.cast(x, pl.INT32)\nt = pl.matmul(i, pl.transpose(i, 0, 1))"),
        "TW0621",
        5,
        "does not multiply",
    ),
    "out_dtype": (
        compute("t = pl.matmul(x, pl.transpose(x, 0, 1), out_dtype=pl.BF16)"),
        "TW0621",
        4,
        "would convert it",
    ),
    "not_a_dtype": (compute("t = pl.cast(x, 3)"), "TW0606", 4, "3 is not an element type"),
    "dtype_of_later_chips": (
        compute("t = pl.cast(x, pl.FP8E4M3FN)"),
        "TW0606",
        4,
        "pl.FP8E4M3FN is not an element type of a2a3",
    ),
    "load_into_left": (
        compute("t = pl.load(x, [0, 0], [16, 64], target_memory=pl.Mem.Left)"),
        "TW0624",
        4,
        "loaded into Vec or Mat",
    ),
    # Names
    "unknown_name": (compute("y[:] = pl.add(x, xx)"), "TW0603", 4, "'xx' is not defined"),
    "unknown_operation": (compute("y[:] = pl.ad(x, x)"), "TW0603", 4, "pl.ad does not exist"),
    "read_before_assignment": (compute("y[:] = t\nt = x"), "TW0604", 4, "'t' is read before anything"),
    "one_branch_only": (compute("if n > 0:\n    t = pl.exp(x)\ny[:] = t"), "TW0604", 6, "assigned in one branch only"),
    "loop_only": (
        compute("for i in pl.range(n):\n    t = pl.exp(x)\ny[:] = t"),
        "TW0604",
        6,
        "assigned in a loop only",
    ),
    "initial_value_after_a_loop": (
        compute(
            "a0 = pl.exp(x)\nfor i, (a,) in pl.range(4, init_values=(a0,)):\n    b = pl.yield_(pl.add(a, x))\ny[:] = a0"
        ),
        "TW0616",
        7,
        "the loop leaves its result in 'b'",
    ),
    "number_out_of_a_scope": (
        entry(SCOPE + "    s = pl.read(x, [0, 0])\n    y[:] = x\n" + SCOPE + "    y[:] = pl.mul(x, s)"),
        "TW0613",
        7,
        "'s' is a number that was computed in a compute scope",
    ),
    "tile_of_blocks": (
        entry("for i in pl.spmd(2):\n    t = pl.exp(x)\n" + SCOPE + "    y[:] = t"),
        "TW0613",
        6,
        "each block of a pl.spmd scope has of its own",
    ),
    # Loops and branches
    "carried_shape": (
        compute("t = x[0:8, :]\nfor i in pl.range(4):\n    t = pl.concat(t, t)\ny[0:8, :] = t"),
        "TW0614",
        5,
        "before the loop",
    ),
    "branches_differ": (
        compute("if n > 0:\n    t = pl.exp(x)\nelse:\n    t = x[0:8, :] + 1.0\ny[:] = t"),
        "TW0614",
        4,
        "in one branch and",
    ),
    "stage_missing": (compute("for i in pl.pipeline(4):\n    pass"), "TW0615", 4, "needs stage="),
    "stage_zero": (compute("for i in pl.pipeline(4, stage=0):\n    pass"), "TW0615", 4, "stage is at least 1"),
    "negative_step": (compute("for i in pl.range(4, 0, -1):\n    pass"), "TW0615", 4, "the step of a loop is positive"),
    "unroll_of_a_number": (compute("for i in pl.unroll(n):\n    pass"), "TW0607", 4, "its bounds are constants"),
    "yield_count": (
        compute("for i, (a, b) in pl.range(4, init_values=(x, x)):\n    c = pl.yield_(a)"),
        "TW0615",
        5,
        "carries 2 values",
    ),
    "yield_missing": (
        compute("for i, (a,) in pl.range(4, init_values=(x,)):\n    b = a"),
        "TW0615",
        5,
        "ends with `names = pl.yield_",
    ),
    "while_without_change": (compute("while n > 0:\n    t = pl.exp(x)"), "TW0602", 4, "it would never end"),
    "else_of_a_loop": (compute("for i in pl.range(4):\n    pass\nelse:\n    pass"), "TW0602", 7, "has no else"),
    "return_in_a_loop": (entry("for i in pl.range(4):\n    return y"), "TW0602", 3, "return cannot stand in a loop"),
    # Outputs
    "never_written": (compute("y = pl.add(x, x)"), "TW0610", 4, "never written to the output 'y'"),
    "declared_but_not_written": (compute("t = pl.add(x, x)"), "TW0611", 2, "'y' is declared as an output"),
    "kernel_returns_a_tile": (
        HEADER.replace("jit", "jit.incore") + "    return pl.exp(x)\n",
        "TW0619",
        3,
        "it leaves its results",
    ),
    "entry_returns_a_number": (entry("return 3"), "TW0619", 3, "an entry returns tensors, not 3"),
    # Python that is none of ours
    "comprehension": (compute("t = {i: i for i in range(4)}"), "TW0602", 4, "a comprehension cannot be used"),
    "try": (compute("try:\n    pass\nfinally:\n    pass"), "TW0602", 4, "try cannot be used"),
    "lambda": (compute("f = lambda a: a"), "TW0602", 4, "a lambda cannot be used"),
    "break": (compute("for i in pl.range(4):\n    break"), "TW0602", 5, "break cannot be used"),
    "matmul_operator": (compute("t = x @ x"), "TW0602", 4, "the operator @ is not defined"),
    "python_function_of_a_number": (compute("t = hex(n)"), "TW0602", 4, "the Python function hex"),
    "loop_over_a_list": (compute("for i in [1, 2]:\n    pass"), "TW0602", 4, "loops over pl.range and its kin"),
    "with_a_file": (compute("with open('f') as f:\n    pass"), "TW0602", 4, "opens a scope such as pl.at"),
    "failed_assertion": (compute("assert 1 > 2, 'tile too large'"), "TW0617", 4, "assertion failed: tile too large"),
    "division_by_zero": (compute("t = pl.full([16, 64], pl.FP32, 1 / 0)"), "TW0609", 4, "division by zero"),
    # Shapes
    "size_not_constant": (compute("t = pl.exp(x[:, 0:n])"), "TW0607", 4, "the size of the slice is not a constant"),
    "shape_of_a_number": (
        compute("t = pl.full([n, 64], pl.FP32, 0.0)"),
        "TW0607",
        4,
        "known only when the kernel runs",
    ),
    "slice_leaves": (compute("t = pl.exp(x[8:32, :])"), "TW0608", 4, "which ends at 16"),
    "slice_empty": (compute("t = pl.exp(x[8:8, :])"), "TW0608", 4, "is empty"),
    "slice_rank": (compute("t = pl.exp(x[0:8, 0:8, 0:8])"), "TW0608", 4, "the subscript has 3"),
    "slice_step": (compute("t = pl.exp(x[0:8:2, :])"), "TW0602", 4, "a slice has no step"),
    "valid_part_outside": (compute("t = pl.set_validshape(pl.exp(x), 17, 64)"), "TW0622", 4, "does not lie within 16"),
    # Arguments of operations
    "unknown_argument": (compute("t = pl.exp(x, y=3)"), "TW0615", 4, "pl.exp"),
    "rounding_mode": (compute("t = pl.cast(x, pl.BF16, mode='nearest')"), "TW0615", 4, "'nearest' is no rounding mode"),
    "scalar_max_of_tiles": (compute("t = pl.max(x, x)"), "TW0605", 4, "pl.max takes numbers"),
    "mask_that_is_none": (compute("t = pl.sel(x, x, x)"), "TW0605", 4, "the mask is"),
    "tile_as_a_condition": (compute("if pl.exp(x):\n    pass"), "TW0605", 4, "is no condition"),
    "unsupported_gather": (
        compute("t = pl.gather(x, dim=0, index=pl.cast(x, pl.INT32))"),
        "TW0623",
        4,
        "along rows is not supported",
    ),
    "level_of_the_host": (
        entry("with pl.at(level=pl.Level.HOST):\n    pass"),
        "TW0615",
        3,
        "outside of what runs on one chip",
    ),
    "deps_of_numbers": (
        entry("with pl.at(level=pl.Level.CORE_GROUP, deps=[1]):\n    y[:] = x"),
        "TW0605",
        3,
        "1 is not a task id",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_mistakes(case: str) -> None:
    text, code, line, message = CASES[case]
    (found,) = errors(text).diagnostics
    assert found.code == code, found
    assert message in found.message
    assert found.location is not None
    assert found.location.line == line, found


def test_the_text_shows_the_line_a_caret_and_help() -> None:
    text = str(errors(compute("y = pl.add(x, x)")))
    assert "error[TW0610]" in text
    assert "4 |         y = pl.add(x, x)" in text
    assert "^" in text
    assert "help: y[...] = value" in text


def test_a_suggestion_for_a_misspelt_name() -> None:
    assert "did you mean 'maximum'?" in str(errors(compute("y[:] = pl.maximun(x, x)")))


def test_recursion() -> None:
    text = "@pl.jit.inline\ndef f(x):\n    return f(x)\n\n" + compute("y[:] = f(x)")
    (found,) = errors(text).diagnostics
    assert found.code == "TW0618"


def test_an_error_in_an_inlined_function_is_placed_there() -> None:
    text = "@pl.jit.inline\ndef f(x):\n    return pl.add(x, 'a')\n\n" + compute("y[:] = f(x)")
    (found,) = errors(text).diagnostics
    assert found.location is not None
    assert found.location.line == 3


def test_a_text_that_is_no_python() -> None:
    with pytest.raises(CompileError) as caught:
        pl.parse("def f(:\n")
    assert caught.value.diagnostics[0].code == "TW0600"


def test_annotations() -> None:
    text = "@pl.jit\ndef f(x: pl.Tensor[[16], pl.FP4]):\n    pass\n"
    (found,) = errors(text).diagnostics
    assert (found.code, found.location is not None and found.location.line) == ("TW0620", 2)


X, Y = np.zeros((16, 64), np.float32), np.zeros((16, 64), np.float32)


@pytest.mark.parametrize(
    "arguments, message",
    [
        ((X, 1), "missing a required argument: 'y'"),
        ((X, 1, Y, 3), "too many positional arguments"),
        ((X, 1, None), "an array is needed"),
        ((X.astype(np.float16), 1, Y), "an array of float16, but the parameter is pl.FP32"),
        ((X[:8], 1, Y), "dimension 0 is 8, not 16"),
        ((X[0], 1, Y), "has 1 dimensions, but the parameter has 2"),
        ((X, 1.5, Y), "argument 'n' is 1.5"),
        ((X, "1", Y), "argument 'n' is '1'"),
        ((X.astype(np.complex64), 1, Y), "complex64"),
    ],
)
def test_arguments_that_do_not_fit(arguments: tuple[object, ...], message: str) -> None:
    kernel = pl.parse(compute("y[:] = pl.exp(x)"))
    with pytest.raises(CompileError) as caught:
        kernel(*arguments)
    (found,) = caught.value.diagnostics
    assert found.code == "TW0626"
    assert message in found.message


def test_outputs_are_untouched_when_a_run_fails() -> None:
    kernel = pl.parse(compute("y[:] = pl.exp(x)\ny[0:8, :] = pl.create_tile([8, 64], pl.FP32)"))
    y = np.full((16, 64), 7.0, np.float32)
    with pytest.raises(CompileError) as caught:
        kernel(X, 1, y)
    assert caught.value.diagnostics[0].code == "TW0406"
    assert (y == 7.0).all()


def test_operations_are_no_python_functions() -> None:
    with pytest.raises(TypeError, match="means something only inside a kernel"):
        pl.add(X, X)


def test_an_engine_that_does_not_exist() -> None:
    with pytest.raises(CompileError, match="TW0400"):
        pl.parse(compute("y[:] = pl.exp(x)"))(X, 1, Y, engine="gpu")


def test_an_error_that_nobody_catches_is_printed_without_a_traceback(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("import tilewright.language as pl\n\n\n" + compute("y = pl.add(x, x)") + "\n\nkernel.ir()\n")
    result = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("error[TW0610]")
    assert f"asked for at {script}:10" in result.stderr
