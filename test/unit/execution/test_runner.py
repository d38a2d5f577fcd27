"""Choosing a function, an engine, and arguments that fit."""

from __future__ import annotations

from collections.abc import Callable

import ml_dtypes
import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, explain
from tilewright.execution.runner import Engine, run_function

Parse = Callable[[str], ModuleOp]
Refused = Callable[[Callable[[], object]], Diagnostic]

TENSOR = """func.func @kernel(%a: !tile.tensor<4x?xbf16>, %n: i8) {
  return
}"""
POINTER = """func.func @kernel(%a: !pto.ptr<f32>) {
  pto.barrier <PIPE_ALL>
  return
}"""


def test_the_dialect_chooses_the_engine(parse: Parse) -> None:
    array = np.zeros((4, 4), np.float32)
    assert run_function(parse(POINTER), None, [array]).engine is Engine.PHYSICAL
    bf16 = array.astype(ml_dtypes.bfloat16)
    assert run_function(parse(TENSOR), "kernel", [bf16, np.int64(3)]).engine is Engine.VALUE


def test_an_engine_that_does_not_exist(parse: Parse, refused: Refused) -> None:
    error = refused(lambda: run_function(parse(POINTER), None, [np.zeros(1, np.float32)], "fysical"))
    assert (error.code, error.message) == ("TW0400", "there is no engine 'fysical'")
    assert error.help == ("did you mean 'physical'?",)


@pytest.mark.parametrize(
    "text, name, message, help",
    [
        (
            POINTER,
            "kernal",
            "the module does not define @kernal",
            "did you mean 'kernel'?",
        ),
        (
            "func.func @a() { return }\nfunc.func @b() { return }",
            None,
            "the module defines 2 functions: which one runs?",
            "name one of @a, @b",
        ),
        ("func.func private @a()", None, "the module defines 0 functions: which one runs?", None),
        ("func.func private @a()", "a", "the module does not define @a", None),
    ],
)
def test_a_function_that_cannot_be_found(
    parse: Parse, refused: Refused, text: str, name: str | None, message: str, help: str | None
) -> None:
    error = refused(lambda: run_function(parse(text), name, []))
    assert (error.code, error.message) == ("TW0400", message)
    assert error.help == (() if help is None else (help,))


def _good() -> np.ndarray:
    return np.zeros((4, 6), ml_dtypes.bfloat16)


def _read_only() -> np.ndarray:
    array = _good()
    array.flags.writeable = False
    return array


@pytest.mark.parametrize(
    "arguments, code, place, message",
    [
        ([_good()], "TW0401", "1:1", "@kernel takes 2 arguments, got 1"),
        ([3, 3], "TW0402", "1:19", "argument a is a numpy array of bfloat16, got int"),
        (
            [np.zeros((4, 6), np.float16), 3],
            "TW0402",
            "1:19",
            "argument a is an array of bfloat16 (bf16), got float16",
        ),
        ([_good()[:3], 3], "TW0403", "1:19", "argument a has shape 4x?, got 3x6"),
        ([_good()[0], 3], "TW0403", "1:19", "argument a has shape 4x?, got 6"),
        ([_read_only(), 3], "TW0404", "1:19", "argument a is read-only"),
        ([_good(), 1.5], "TW0402", "1:47", "argument n is an integer, got float"),
        ([_good(), 256], "TW0402", "1:47", "argument n has 8 bits, which 256 exceeds"),
    ],
)
def test_arguments_that_do_not_fit(
    parse: Parse, refused: Refused, arguments: list[object], code: str, place: str, message: str
) -> None:
    error = refused(lambda: run_function(parse(TENSOR), None, arguments))
    assert error.code == code
    assert error.message.startswith(message)


def test_a_pointer_needs_a_contiguous_array(parse: Parse, refused: Refused) -> None:
    array = np.zeros((4, 4), np.float32).T[:2]
    error = refused(lambda: run_function(parse(POINTER), None, [array]))
    assert error.code == "TW0404"
    assert "numpy.ascontiguousarray" in error.help[0]


def test_a_dtype_is_helped_by_its_spelling(parse: Parse, refused: Refused) -> None:
    error = refused(lambda: run_function(parse(POINTER), None, [np.zeros(4)]))
    assert error.help == ("convert it: a.astype(numpy.float32)",)


def test_an_argument_that_no_run_can_take(parse: Parse, refused: Refused) -> None:
    module = parse("func.func @f(%x: !pto.tile_buf<vec, 1x64xi8>) {\n  return\n}")
    error = refused(lambda: run_function(module, None, [1.0]))
    assert (error.code, error.message[:15]) == ("TW0405", "argument x of t")
    assert error.message.endswith("cannot be passed to a run")


def test_unnamed_arguments_have_names(parse: Parse, refused: Refused) -> None:
    module = parse("func.func @f(%0: !pto.ptr<i8>, %x: index) {\n  return\n}")
    error = refused(lambda: run_function(module, None, [None, 1]))
    assert error.message.startswith("argument arg0 is a numpy array of int8")


@pytest.mark.parametrize("code", [f"TW04{number:02}" for number in range(18)])
def test_every_code_is_explained(code: str) -> None:
    assert explain(code).title
