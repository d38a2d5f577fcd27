"""What shows in `test/lit/passes` how a pass rewrites a program: it computes the same afterwards."""

from __future__ import annotations

import pytest

from .lit_programs import lit_programs
from .pass_programs import PassProgram
from .test_pass_programs import validated

PROGRAMS = [each for each in lit_programs() if not each[2].startswith("a2a3,")]


@pytest.mark.parametrize(("name", "text", "pipeline"), PROGRAMS, ids=[name for name, _, _ in PROGRAMS])
def test_the_pass_keeps_what_it_computes(name: str, text: str, pipeline: str) -> None:
    remarks = validated(PassProgram(text, pipeline), "")
    assert [str(each) for each in remarks if each.code == "TW0462"] == [], name
