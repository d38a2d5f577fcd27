"""Numbers about the chip that explanations repeat are those of the architecture file."""

import re

import pytest

from tilewright.arch.chip import Chip, load_chip
from tilewright.dialects.diagnostics import explain

CHIP = load_chip()


def numbers(chip: Chip) -> dict[str, tuple[int, ...]]:
    """The numbers that each explanation is expected to name."""
    return {
        "TW0112": (chip.fractal.row_bytes, *(chip.k_fractal(element) for element in ("i8", "f16", "f32"))),
        "TW0115": (chip.fractal.rows, chip.fractal.row_bytes),
        "TW0116": tuple({space.alignment_bytes for space in chip.spaces.values()}),
        "TW0117": tuple(chip.space("acc").row_step.values()),
        "TW0119": (
            chip.matmul_max_extent,
            chip.load_max_rows,
            chip.store_max_acc_rows,
            chip.store_max_acc_columns,
        ),
        "TW0120": (chip.fractal.rows, chip.fractal.row_bytes),
        "TW0202": (chip.space("acc").bytes // 1024,),
        "TW0203": ((chip.space("vec").bytes - chip.space("vec").usable_bytes) // 1024,),
        "TW0306": (chip.load_max_row_stride_elements,),
        "TW0308": (chip.event_ids,),
    }


@pytest.mark.parametrize("code", numbers(CHIP))
def test_an_explanation_names_the_numbers_of_the_chip(code: str) -> None:
    named = {int(number) for number in re.findall(r"\d+", explain(code).explanation)}
    assert named.issuperset(numbers(CHIP)[code])
