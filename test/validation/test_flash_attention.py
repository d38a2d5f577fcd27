"""The flash-attention kernel over a few blocks of keys, in every order of pipes that its flags allow."""

from __future__ import annotations

import numpy as np
import pytest

from tilewright.execution.cores import run_cores
from tilewright.execution.functions import find_kernels
from tilewright.execution.scheduling import Order

from . import flash_attention
from .compiled import compiled


@pytest.mark.parametrize("order", Order)
def test_attention_over_some_blocks(order: Order) -> None:
    launch = flash_attention.launch(keys=7 * flash_attention.BLOCK)
    run_cores(find_kernels(compiled(flash_attention.text(), "pto"), None), launch.arguments, order=order, seed=2)
    assert np.abs(launch.output - launch.expected).max() <= launch.bound
