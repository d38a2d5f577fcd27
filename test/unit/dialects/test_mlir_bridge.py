"""Real MLIR as a second opinion; most of this is skipped by name without its bindings."""

import pytest

from tilewright.dialects import mlir_bridge
from tilewright.dialects.diagnostics import DiagnosticError

requires_mlir = pytest.mark.skipif(
    mlir_bridge.available() is None, reason="requires the Python bindings of MLIR: pip install 'tilewright[mlir]'"
)

TEXT = """"builtin.module"() ({
  "func.func"() <{function_type = () -> i32, sym_name = "f"}> ({
    %0 = "tile.opaque"() : () -> i32
    %1 = "arith.addi"(%0, %0) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    "func.return"(%0) : (i32) -> ()
  }) : () -> ()
}) : () -> ()
"""


def test_without_mlir_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mlir_bridge, "available", lambda: None)
    with pytest.raises(DiagnosticError) as caught:
        mlir_bridge.verify_generic(TEXT)
    (error,) = caught.value.diagnostics
    assert error.code == "TW0008"
    assert error.help == ("pip install 'tilewright[mlir]'",)


def test_a_top_level_mlir_package_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    def available(*installed: str) -> str | None:
        def find(name: str) -> object:
            if name.split(".")[0] not in installed:
                raise ModuleNotFoundError(name)
            return object() if name in installed else None

        monkeypatch.setattr(mlir_bridge, "find_spec", find)
        mlir_bridge.available.cache_clear()
        return mlir_bridge.available()

    try:
        assert available() is None
        assert available("mlir") is None  # another package by that name
        assert available("torch_mlir", "torch_mlir.ir") == "torch_mlir"
        assert available("torch_mlir", "torch_mlir.ir", "mlir", "mlir.ir") == "mlir"
    finally:
        mlir_bridge.available.cache_clear()


@requires_mlir
def test_mlir_accepts_what_is_right() -> None:
    mlir_bridge.verify_generic(TEXT)


@requires_mlir
@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (TEXT.replace("(%0, %0)", "(%1, %0)"), "k.mlir:4:10", "does not dominate this use"),
        (TEXT.replace("i32, i32)", "i32, i8)"), "k.mlir:4", "type"),
        (TEXT.replace('return"(%0) : (i32)', 'return"() : ()'), "k.mlir:5:5", "has 0 operands"),
        ("nonsense", "k.mlir:1:1", "nonsense"),
    ],
)
def test_mlir_rejects_what_is_wrong_at_its_line(text: str, place: str, message: str) -> None:
    with pytest.raises(DiagnosticError) as caught:
        mlir_bridge.verify_generic(text, "k.mlir")
    error = caught.value.diagnostics[0]
    assert error.code == "TW0100"
    assert str(error.location).startswith(place)
    assert message in error.message


@requires_mlir
def test_mlir_runs_its_own_passes() -> None:
    optimized = mlir_bridge.run_pipeline(TEXT, "canonicalize,cse")
    assert "tile.opaque" in optimized
    assert "arith.addi" not in optimized


@requires_mlir
def test_mlir_refuses_an_unknown_pass() -> None:
    with pytest.raises(DiagnosticError, match="MLIR does not know the pipeline 'nope'") as caught:
        mlir_bridge.run_pipeline(TEXT, "nope")
    assert caught.value.diagnostics[0].code == "TW0002"
