"""Pipelines as text, and the options of passes."""

from dataclasses import dataclass, field

import pytest
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError
from tilewright.passes import pipeline_text
from tilewright.passes.options import option_infos
from tilewright.passes.pipeline_text import parse_pipeline
from tilewright.passes.pipelines import PIPELINES, PipelineSpec
from tilewright.passes.registry import PASSES


@dataclass(frozen=True)
class TunablePass(ModulePass):
    """Has an option of every kind."""

    name = "tunable"
    stages: int
    mat_limit: int | None = None
    factor: float = 1.5
    levels: tuple[int, ...] = (1, 2)
    label: str = "x"
    fast: bool = False
    extra: tuple[str, ...] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        if self.stages < 1:
            raise ValueError("stages must be at least 1")

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        """Do nothing."""


@dataclass(frozen=True)
class TunablePipeline(PipelineSpec):
    """Two tunable passes."""

    name = "both"
    stages: int = 2

    def passes(self) -> tuple[ModulePass, ...]:
        return (TunablePass(self.stages), TunablePass(self.stages + 1))


@pytest.fixture(autouse=True)
def _tunable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline_text, "PASSES", {**PASSES, "tunable": lambda: TunablePass})
    monkeypatch.setattr(pipeline_text, "PIPELINES", {"both": lambda: TunablePipeline})


def error(text: str) -> Diagnostic:
    with pytest.raises(DiagnosticError) as caught:
        parse_pipeline(text)
    (only,) = caught.value.diagnostics
    return only


def test_passes_run_in_the_order_of_the_text() -> None:
    assert [p.name for p in parse_pipeline("cse, canonicalize,dce")] == [
        "cse",
        "canonicalize",
        "dce",
    ]
    assert parse_pipeline("") == ()
    assert parse_pipeline("  ") == ()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("stages=3", TunablePass(3)),
        ("stages=3 mat-limit=65536", TunablePass(3, 65536)),
        ("stages=3 mat_limit=65536", TunablePass(3, 65536)),
        ("stages=1 factor=2.5", TunablePass(1, factor=2.5)),
        ("stages=1 factor=2", TunablePass(1, factor=2.0)),
        ("stages=1 levels=4", TunablePass(1, levels=(4,))),
        ("stages=1 levels=4,5,6", TunablePass(1, levels=(4, 5, 6))),
        ('stages=1 label="a b, {c}"', TunablePass(1, label="a b, {c}")),
        ("stages=1 label=2d-slice", TunablePass(1, label="2d-slice")),
        ("stages=1 fast=true", TunablePass(1, fast=True)),
        ("stages=1 fast", TunablePass(1, fast=True)),
        (" fast  stages = 1 ", TunablePass(1, fast=True)),
        ("fast=false stages=1 extra=a,b", TunablePass(1, extra=("a", "b"))),
    ],
)
def test_options_become_fields(options: str, expected: TunablePass) -> None:
    assert parse_pipeline(f"tunable{{{options}}}") == (expected,)


def test_a_pipeline_stands_for_its_passes() -> None:
    assert parse_pipeline("both") == (TunablePass(2), TunablePass(3))
    assert [p.name for p in parse_pipeline("cse,both{stages=5},dce")] == [
        "cse",
        "tunable",
        "tunable",
        "dce",
    ]


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("canonicalise", 1, "unknown pass 'canonicalise'"),
        ("cse,nope", 5, "unknown pass 'nope'"),
        ("cse;dce", 4, "unexpected ';' in the pipeline"),
        ("cse  ;", 6, "unexpected ';' in the pipeline"),
        ("cse dce", 5, "expected ',' or '{' in the pipeline, found 'dce'"),
        (",cse", 1, "expected the name of a pass in the pipeline, found ','"),
        ("cse{", 5, "expected an option or '}' in the pipeline, found the end"),
        ("cse{=1}", 5, "expected an option or '}' in the pipeline, found '='"),
        ("cse{a=}", 7, "expected a value in the pipeline, found '}'"),
        ("cse[dce]", 4, "expected ',' or '{' in the pipeline, found '[dce]'"),
    ],
)
def test_a_malformed_pipeline(text: str, column: int, message: str) -> None:
    found = error(text)
    assert (found.code, found.message) == ("TW0002", message)
    assert str(found.location) == f"<pipeline>:1:{column}"


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("tunable", 1, "'tunable' needs the option 'stages'"),
        ("tunable{stages=0}", 1, "'tunable': stages must be at least 1"),
        ("tunable{stages=x}", 9, "option 'stages' of 'tunable' takes int, got x"),
        ("tunable{stages=1.5}", 9, "option 'stages' of 'tunable' takes int, got 1.5"),
        ("tunable{stages=true}", 9, "option 'stages' of 'tunable' takes int, got true"),
        ("tunable{stages}", 9, "option 'stages' of 'tunable' takes int, got no value"),
        ("tunable{stages=1,2}", 9, "option 'stages' of 'tunable' takes int, got 1,2"),
        ("tunable{stages=1 stages=2}", 18, "option 'stages' is given twice"),
        ("tunable{stages=1 mat-limits=2}", 18, "'tunable' has no option 'mat-limits'"),
        ("tunable{name=x}", 9, "'tunable' has no option 'name'"),
        ("both{stages=x}", 6, "option 'stages' of 'both' takes int, got x"),
    ],
)
def test_a_bad_option(text: str, column: int, message: str) -> None:
    found = error(text)
    assert (found.code, found.message) == ("TW0003", message)
    assert str(found.location) == f"<pipeline>:1:{column}"


def test_an_unknown_name_comes_with_what_was_probably_meant() -> None:
    assert error("canonicalise").help[0] == "did you mean 'canonicalize'?"
    assert error("bth").help[0] == "did you mean 'both'?"
    found = error("tunable{mat-limits=2}")
    assert found.help == ("did you mean 'mat-limit'?",)
    assert "\nmat-limit: int | None = unset\n" in found.notes[0]


def test_options_are_described_as_a_user_writes_them() -> None:
    assert [str(info) for info in option_infos(TunablePass)] == [
        "stages: int",
        "mat-limit: int | None = unset",
        "factor: float = 1.5",
        "levels: tuple[int, ...] = 1,2",
        "label: str = x",
        "fast: bool = false",
        "extra: tuple[str, ...] = ",
    ]


@pytest.mark.parametrize(("name", "load"), [*PASSES.items(), *PIPELINES.items()])
def test_every_pass_and_pipeline_is_registered_under_its_own_name(name: str, load: object) -> None:
    assert callable(load)
    assert load().name == name
