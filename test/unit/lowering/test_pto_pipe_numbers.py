"""Pipes between cores in the text of each version: newer ones number them and say how many slots they have."""

from __future__ import annotations

from io import StringIO

import pytest

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.dialects.verification import verify
from tilewright.lowering import pto_text

PROGRAM = """\
func.func @vector(%g: !pto.ptr<f32>) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  %b = pto.reserve_buffer {name = "n", size = 16384, location = #pto.address_space<vec>, auto = true} -> i32
  pto.aiv_initialize_pipe {ID dir_mask = 3, slot_size = 2048SLOTS} \
(gm_slot_buffer = %g : !pto.ptr<f32>, c2v_consumer_buf = %b : i32, v2c_consumer_buf = %b : i32)
  %t = pto.tpop_from_aic {ID split = 0} -> !pto.tile_buf<vec, 16x32xf32>
  pto.tpush_to_aic(%t : !pto.tile_buf<vec, 16x32xf32>) {ID split = 0}
  pto.tfree_from_aic {ID split = 0}
  return
}
func.func @cube(%g: !pto.ptr<f32>) attributes {pto.kernel_kind = #pto.kernel_kind<cube>} {
  %b = pto.import_reserved_buffer {name = "n", peer_func = @vector} -> i32
  pto.aic_initialize_pipe {ID dir_mask = 3, slot_size = 2048SLOTS} \
(gm_slot_buffer = %g : !pto.ptr<f32>, c2v_consumer_buf = %b : i32, v2c_consumer_buf = %b : i32)
  %m = pto.tpop_from_aiv {ID split = 0} -> !pto.tile_buf<mat, 16x32xf32, blayout=col_major, slayout=row_major>
  pto.tfree_from_aiv {ID split = 0}
  return
}"""


def written(text: str, version: str) -> str:
    ctx = make_context()
    module = parse_module(ctx, text, "kernel.mlir")
    verify(module)
    output = StringIO()
    pto_text.emit(ctx, module, output, version)
    return output.getvalue()


def program(number: str = "", slots: str = "") -> str:
    return PROGRAM.replace("ID ", number and f"{number}, ").replace("SLOTS", slots and f", {slots}")


@pytest.mark.parametrize("number", ["", "id = 0"])
def test_an_old_version_has_no_number(number: str) -> None:
    text = written(program(number), "0.27")
    assert "id = " not in text
    assert written(text, "0.27") == text


@pytest.mark.parametrize("number", ["", "id = 0"])
def test_a_newer_version_has_the_number_always(number: str) -> None:
    text = written(program(number), "0.57")
    assert text.count("{id = 0, dir_mask = 3, slot_size = 2048}") == 2
    assert text.count("{id = 0, split = 0}") == 5
    assert written(text, "0.57") == text


def test_the_versions_turn_into_each_other() -> None:
    old, new = written(program(), "0.27"), written(program(), "0.57")
    # What names the chip stays as the text has it.
    assert written(new, "0.27").replace('"a2a3"', '"a3"') == old
    assert written(old, "0.57").replace('"a3"', '"a2a3"') == new


def test_a_newer_version_keeps_numbers_and_slots() -> None:
    text = written(program("id = 3", "slot_num = 6, local_slot_num = 2"), "0.57")
    assert text.count("{id = 3, dir_mask = 3, slot_size = 2048, slot_num = 6, local_slot_num = 2}") == 2
    assert text.count("{id = 3, split = 0}") == 5
    assert written(text, "0.57") == text


def test_an_old_version_need_not_say_the_usual_slots() -> None:
    text = written(program("id = 0", "slot_num = 4, local_slot_num = 4"), "0.27")
    assert text == written(program(), "0.27")


@pytest.mark.parametrize(
    "number, slots, message",
    [
        ("id = 3", "", "ptoas 0.27 does not number pipes, this one has id = 3"),
        (
            "",
            "slot_num = 8",
            "ptoas 0.27 gives this pipe 4 slots, all of them local: it cannot have 8, 8 of them local",
        ),
        (
            "",
            "local_slot_num = 1",
            "ptoas 0.27 gives this pipe 4 slots, all of them local: it cannot have 4, 1 of them local",
        ),
    ],
)
def test_an_old_version_cannot_say_other_numbers_and_slots(number: str, slots: str, message: str) -> None:
    with pytest.raises(DiagnosticError) as caught:
        written(program(number, slots), "0.27")
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == ("TW0013", message)
    assert str(diagnostic.location) == "kernel.mlir:3:3"
    assert diagnostic.help[0] == "write for a newer version, as with --pto-version 0.57"
