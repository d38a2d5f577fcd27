"""Copies between tensors that stand outside of compute scopes: each becomes a small task of its own."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from xdsl.ir import Block, Region

from tilewright.dialects.task import ScopeOp
from tilewright.language.translator import Scope, Translator
from tilewright.language.values import TensorRef, WindowRef


@contextmanager
def copying(t: Translator, name: str, source: object) -> Generator[None]:
    """Translate meanwhile in a compute scope: the one that there is, or one for this, if `source` is in memory."""
    if t.in_scope or not isinstance(source, TensorRef | WindowRef):
        yield
        return
    block = Block()
    scope = t.emit(ScopeOp(name, Region(block)))
    t.scopes.append(Scope(name, block, scope))
    with t.inside(block):
        yield
    t.scopes.pop()
