"""Each of these passes changes its program, and no pass changes what a program computes."""

from __future__ import annotations

import pytest
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from tilewright.dialects.diagnostics import Diagnostic, collect_diagnostics
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.execution.validation import Validator
from tilewright.passes import insert_sync
from tilewright.passes.manager import PassHooks, run_passes
from tilewright.passes.pipeline_text import parse_pipeline
from tilewright.tools.running_passes import register
from tilewright.tools.validate import ResultWatch

from .compiled import compiled, parse
from .pass_programs import NEEDLESS_FLAGS, PASS_PROGRAMS, PassProgram

PROGRAMS = {**PASS_PROGRAMS, "needless-flags": NEEDLESS_FLAGS}


@pytest.mark.parametrize("name", PASS_PROGRAMS)
def test_the_pass_changes_it(name: str) -> None:
    program = PASS_PROGRAMS[name]
    texts: dict[str, tuple[str, str]] = {}
    before = ""

    def start(_pass: ModulePass, module: ModuleOp) -> None:
        nonlocal before
        before = str(module)

    hooks = PassHooks(start, lambda ran, module: texts.update({ran.name: (before, str(module))}))
    run_passes(make_context(), parse(program.text), parse_pipeline(program.pipeline), hooks=hooks)
    old, new = texts[name]
    assert old != new


def test_flags_that_nothing_needs_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    text = str(compiled(NEEDLESS_FLAGS.text, NEEDLESS_FLAGS.pipeline))
    monkeypatch.setattr(insert_sync, "needless_units", _none)
    drafted = str(compiled(NEEDLESS_FLAGS.text, NEEDLESS_FLAGS.pipeline))
    assert drafted.count("pto.set_flag") > text.count("pto.set_flag")


def _none(*_arguments: object) -> list[int]:
    return []


@pytest.mark.parametrize("name", PROGRAMS)
def test_no_pass_changes_what_it_computes(name: str) -> None:
    remarks = validated(PROGRAMS[name])
    assert [each.code for each in remarks if each.code == "TW0462"] == []


def test_a_fault_in_a_kernel_that_is_submitted_is_noticed() -> None:
    program = PASS_PROGRAMS["outline-scopes"]
    validator = Validator(parse(program.text))
    lowered = compiled(program.text, program.pipeline)
    assert list(validator.differences(lowered)) == []
    for product in [op for op in lowered.walk() if op.name == "pto.tmul"]:
        product.detach()
    assert "elements differ" in str(next(validator.differences(lowered)))


def validated(program: PassProgram, then: str = ",check-sync") -> list[Diagnostic]:
    """Run the pipeline, and what comes then, as `pto-opt --validate` does; gives what it remarks."""
    register()
    remarks: list[Diagnostic] = []
    ctx = make_context()
    watch = ResultWatch(ctx, lambda _text, _pass: None, seconds=0)
    with collect_diagnostics(remarks.append):
        passes = parse_pipeline(program.pipeline + then)
        run_passes(ctx, parse_module(ctx, program.text, "program"), passes, hooks=PassHooks(watch.before, watch.after))
    return remarks
