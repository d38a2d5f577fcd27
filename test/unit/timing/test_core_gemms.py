"""The worked examples of the public cost model, to the cycle, and what the corrected model says of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tilewright.arch.chip import Pipe, load_chip
from tilewright.timing.records import Timeline

# Where the public model keeps the second Right tile of the ping-pong kernel: 32768, which is also the offset of the
# third step of an 8-bit right operand in its tensor, so that its load waits 55 cycles for a move.
KERNELS = {
    "serial": {},
    "ping-pong": {"slots": 2, "right_step": 32768},
    "dual": {"rights": 2},
}


@pytest.mark.parametrize(
    ("kernel", "dtype", "cycles"),
    [
        ("serial", "f16", 3117),
        ("ping-pong", "f16", 2323),
        ("dual", "f16", 6092),
        ("serial", "i8", 1743),
        ("ping-pong", "i8", 1559),
        ("dual", "i8", 3426),
    ],
)
def test_the_published_setting_gives_the_public_cycles(
    gemm: Callable[..., Any], simulate_published: Callable[[str], Timeline], kernel: str, dtype: str, cycles: int
) -> None:
    assert simulate_published(gemm(dtype, **KERNELS[kernel]).text()).cycles == cycles


STORE_F16 = 404 - 202  # 16x256 results of 4 bytes, not of 2
STORE_I8 = 807 - 404  # 32x256 of them
LEFT_I8 = 9 - 17  # 32x64 operands of 1 byte, not of 2
RIGHT_I8 = 129 - 64  # 64x256 of them, which are transposed in boxes of 1024 bytes, not of 512


@pytest.mark.parametrize(
    ("kernel", "dtype", "published", "differences"),
    [
        # No cycle for the 5, 9 and 8 tiles that are declared; all else is said above.
        ("serial", "f16", 3117, (-5, STORE_F16)),
        ("ping-pong", "f16", 2323, (-9, STORE_F16)),
        ("dual", "f16", 6092, (-8, 2 * STORE_F16)),
        ("serial", "i8", 1743, (-5, STORE_I8, 4 * LEFT_I8, 4 * RIGHT_I8)),
        # Loads bound it: one move of each is seen. 55 and 114 cycles are those in which a load waits for an address
        # of another memory.
        ("ping-pong", "i8", 1559, (-9, STORE_I8, LEFT_I8, RIGHT_I8, -55)),
        ("dual", "i8", 3426, (-8, 2 * STORE_I8, 4 * LEFT_I8, 8 * RIGHT_I8, -114)),
    ],
)
def test_the_corrected_model_differs_by_what_it_corrects(
    gemm: Callable[..., Any],
    simulate: Callable[..., Timeline],
    kernel: str,
    dtype: str,
    published: int,
    differences: tuple[int, ...],
) -> None:
    assert simulate(gemm(dtype, **KERNELS[kernel]).text()).cycles == published + sum(differences)


def test_a_timeline_says_what_each_pipe_waited_for(gemm: Callable[..., Any], simulate: Callable[..., Timeline]) -> None:
    found = simulate(gemm("f16", slots=2).text())
    assert (found.profile, found.clock_mhz, found.extrapolated) == ("isa", 1850, "")
    assert found.busy == {
        ("cube", Pipe.MTE1): 4 * (9 + 257),
        ("cube", Pipe.MTE2): 4 * (26 + 418),
        ("cube", Pipe.M): 4 * 70,
        ("cube", Pipe.FIX): 404,
    }
    assert found.work == {pipe: cycles for (_, pipe), cycles in found.busy.items()}
    assert found.bytes == {
        "gm_to_mat": (16 + 256) * 256 * 2,
        "mat_to_left": 16 * 256 * 2,
        "mat_to_right": 256 * 256 * 2,
        "acc_to_gm": 16 * 256 * 4,
    }
    first_move = next(span for span in found.spans if span.pipe is Pipe.MTE1)
    assert (first_move.start, first_move.end, first_move.wait_from, first_move.stall) == (444, 453, 0, 444)
    assert (first_move.core, first_move.name, first_move.waited_for) == ("cube", "pto.tmov", "MTE2 flag 0")
    assert first_move.location is not None
    store = list(found.spans)[-1]
    assert (store.name, store.waited_for, store.end) == ("pto.tstore", "M flag 0", found.cycles)
    assert found.time_us == pytest.approx(found.cycles / 1850)


def test_the_device_profile_has_its_own_constants(gemm: Callable[..., Any], simulate: Callable[..., Timeline]) -> None:
    found = simulate(gemm("f16", slots=2).text(), profile="device")
    device = load_chip().costs["device"]
    assert found.busy["cube", Pipe.M] == 4 * (device.matmul_fixed_cycles + 64)
    assert found.busy["cube", Pipe.MTE1] == 4 * (2 * device.move_fixed_cycles + 8 + 256)
