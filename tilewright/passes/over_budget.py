"""Refusing a program that does not fit: which memory, by how much, which buffers, and what would fit."""
from __future__ import annotations
from typing import NoReturn
def refuse_over_budget(*args: object) -> NoReturn:
    raise SystemExit(str(args))
