"""Texts that are too large are refused at once."""

from __future__ import annotations

import pytest

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.parsing import MAX_SIZE, parse_module
from tilewright.dialects.registry import make_context


@pytest.mark.parametrize("text", [b"\0" * (MAX_SIZE + 1), " " * (MAX_SIZE + 1)], ids=["bytes", "str"])
def test_a_text_that_is_too_large_is_refused(text: bytes | str) -> None:
    with pytest.raises(DiagnosticError) as caught:
        parse_module(make_context(), text, "large.pto")
    (found,) = caught.value.diagnostics
    assert (found.code, str(found.location)) == ("TW0011", "large.pto:1:1")
    assert found.message == f"the input has {MAX_SIZE + 1} bytes; at most {MAX_SIZE} are read"
