"""Conversions in every mode: the physical and the native engine round alike, to the bit."""

from __future__ import annotations

from pathlib import Path

import pytest

from .oracles import needs_compiler
from .rounding_programs import rounding_programs
from .three_engines import check

pytestmark = needs_compiler


def test_both_engines_round_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TILEWRIGHT_CACHE", str(tmp_path))
    outcomes = check(rounding_programs())
    assert [(each.reason, each.program.text.splitlines()[0]) for each in outcomes if each.state != "agree"] == []
