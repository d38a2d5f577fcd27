"""Bugs of synchronisation that others met, as small programs: each is reported, its corrected twin is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tilewright.dialects.diagnostics import Diagnostic, Severity
from tilewright.passes.lint import Strength
from tilewright.tools.check import OrderOptions, check_file

FOLDER = Path(__file__).parent / "known_bugs"

CODES = {
    "accumulator_to_mat": "TW0430",
    "added_by_both_cores": "TW0446",
    "barrier_in_one_branch": "TW0433",
    "barrier_of_a_loop": "TW0433",
    "blocks_without_meeting": "TW0430",
    "cores_without_signal": "TW0430",
    "hidden_read": "TW0430",
    "narrow_rows": "TW0433",
    "no_flag_to_the_store": "TW0430",
    "packed_tiles": "TW0431",
    "padding_past_the_end": "TW0501",
    "partial_overlap": "TW0431",
    "second_buffer": "TW0431",
    "shared_slots": "TW0431",
    "slot_before_pop": "TW0445",
    "slots_of_a_block": "TW0432",
    "store_then_load": "TW0430",
    "tile_after_free": "TW0438",
}


def _errors(name: str) -> list[Diagnostic]:
    checked = check_file(str(FOLDER / f"{name}.pto"), Strength.HARDWARE, OrderOptions())
    return [each for each in checked.diagnostics if each.severity is Severity.ERROR]


def test_every_program_has_a_row() -> None:
    names = {f"{name}_{kind}.pto" for name in CODES for kind in ("wrong", "right")}
    assert {path.name for path in FOLDER.glob("*.pto")} == names | {"flash_attention.pto"}


@pytest.mark.parametrize("name", CODES)
def test_the_bug_is_reported(name: str) -> None:
    assert CODES[name] in [each.code for each in _errors(f"{name}_wrong")]


@pytest.mark.parametrize("name", CODES)
def test_the_corrected_program_is_not(name: str) -> None:
    assert _errors(f"{name}_right") == []


def test_flash_attention_is_synchronised() -> None:
    assert _errors("flash_attention") == []
