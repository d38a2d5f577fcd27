"""The engines by name, for those who only offer the choice."""

from __future__ import annotations

from enum import StrEnum


class Engine(StrEnum):
    """How to run: on values, on bytes in the memories of the chip, or as compiled C++."""

    VALUE = "value"
    PHYSICAL = "physical"
    NATIVE = "native"
