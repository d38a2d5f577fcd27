"""Passes of real MLIR in a pipeline: its text, and what crosses."""

import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects import mlir_bridge
from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.passes.manager import run_passes
from tilewright.passes.mlir import MlirPass
from tilewright.passes.pipeline_text import parse_pipeline

requires_mlir = pytest.mark.skipif(mlir_bridge.available() is None, reason="requires tilewright[mlir]")


@pytest.mark.parametrize(
    ("text", "pipelines"),
    [
        ("mlir{canonicalize,cse}", ["canonicalize,cse"]),
        ("mlir { canonicalize , cse }", ["canonicalize , cse"]),
        ("mlir{func.func(cse{a=3 b=4})},mlir{cse}", ["func.func(cse{a=3 b=4})", "cse"]),
        ('mlir{pipeline="canonicalize,cse"}', ["canonicalize,cse"]),
        ("mlir{pipeline=cse}", ["cse"]),
    ],
)  # fmt: skip
def test_the_braces_hold_a_pipeline_of_mlir(text: str, pipelines: list[str]) -> None:
    assert parse_pipeline(text) == tuple(MlirPass(pipeline) for pipeline in pipelines)


@pytest.mark.parametrize(
    ("text", "code", "message", "column"),
    [
        ("cse,mlir", "TW0003", "'mlir' needs the option 'pipeline'", 5),
        ("mlir{ }", "TW0003", "'mlir' needs the option 'pipeline'", 1),
        ("mlir{cse{a}", "TW0002", "expected '}' in the pipeline, found the end", 12),
        ("mlir{cse},nope", "TW0002", "unknown pass 'nope'", 11),
        ("cse{canonicalize,cse}", "TW0002", "expected an option or '}' in the pipeline, found ','", 17),
    ],
)
def test_a_bad_pipeline_is_refused_at_its_place(text: str, code: str, message: str, column: int) -> None:
    with pytest.raises(DiagnosticError) as caught:
        parse_pipeline(text)
    (found,) = caught.value.diagnostics
    assert (found.code, found.message) == (code, message)
    assert found.location is not None
    assert found.location.column == column


def run(text: str, pipeline: str) -> ModuleOp:
    ctx = make_context()
    module = parse_module(ctx, text, "k.mlir")
    run_passes(ctx, module, [MlirPass(pipeline)])
    return module


def test_without_mlir_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mlir_bridge, "available", lambda: None)
    with pytest.raises(DiagnosticError) as caught:
        run("func.func private @f()", "cse")
    assert caught.value.diagnostics[0].code == "TW0008"


@requires_mlir
def test_attributes_of_the_module_cross() -> None:
    module = run('module attributes {pto.target_arch = "a3"} {\n  func.func private @f()\n}', "cse")
    assert str(module.attributes["pto.target_arch"]) == '"a3"'
    assert [op.name for op in module.body.block.ops] == ["func.func"]


@requires_mlir
def test_what_mlir_folds_keeps_name_and_place() -> None:
    text = """
func.func @f() -> index {
  %a = arith.constant 1 : index
  %b = arith.addi %a, %a : index
  func.return %b : index
}"""
    _module, _function, folded, _return = run(text, "canonicalize").walk()
    assert folded.name == "arith.constant"
    assert folded.results[0].name_hint == "b"
    assert str(folded.location) == 'loc("k.mlir":4:8)'


@requires_mlir
def test_locations_that_mlir_fuses_give_the_first_place() -> None:
    text = """
func.func @f() -> (index, index) {
  %a = arith.constant 1 : index loc(fused["k.mlir":7:1, "k.mlir":8:1])
  %b = arith.constant 2 : index loc(fused["%c"(unknown), "k.mlir":9:1])
  func.return %a, %b : index, index
}"""
    first, second = (op for op in run(text, "cse").walk() if op.name == "arith.constant")
    assert str(first.location) == 'loc("k.mlir":7:1)'
    assert str(second.location) == 'loc("k.mlir":9:1)'
    assert (first.results[0].name_hint, second.results[0].name_hint) == ("a", "b")
