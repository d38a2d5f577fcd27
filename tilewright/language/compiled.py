"""A kernel that was compiled for certain shapes: its IR at every level, its texts, and how to run it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Attribute

from tilewright.dialects.registry import make_context
from tilewright.dialects.tile import TensorType
from tilewright.language.arrays import as_array, tensor_type
from tilewright.language.entry import parameter_kind, translate
from tilewright.language.functions import KernelFunction
from tilewright.passes.manager import parse_pipeline, run_passes


@dataclass(frozen=True)
class Compiled:
    """A kernel for certain shapes and constants.

    Attributes:
        name: the entry.
        module: the program at the level of the language, with its kernels in functions of their own.
    """

    name: str
    module: ModuleOp


def compile_kernel(function: KernelFunction, arguments: tuple[object, ...], keywords: Mapping[str, object]) -> Compiled:
    """Compile for the shapes of these arguments; without any, for those of the annotations."""
    kinds, constants, _ = sort_arguments(function, arguments, keywords)
    module = translate(function, kinds, constants)
    run_passes(make_context(), module, parse_pipeline("outline-scopes"))
    return Compiled(function.name, module)


def sort_arguments(
    function: KernelFunction, arguments: tuple[object, ...], keywords: Mapping[str, object]
) -> tuple[dict[str, Attribute], dict[str, object], list[object]]:
    """Tell tensors and numbers of the kernel, given by their types, from constants; and give the former's values."""
    source = function.source()
    signature = function.signature
    bound = signature.bind_partial(*arguments, **keywords)
    bound.apply_defaults()
    kinds: dict[str, Attribute] = {}
    constants: dict[str, object] = {}
    values: list[object] = []
    for name, parameter in signature.parameters.items():
        _, kind = parameter_kind(source, name, parameter.annotation)
        value = bound.arguments.get(name)
        array = as_array(value)
        if array is not None:
            kind = tensor_type(array)
        if kind is None:
            constants[name] = value
        else:
            kinds[name] = kind
            values.append(value if array is None else array)
    return kinds, constants, values


def run_kernel(
    function: KernelFunction, arguments: tuple[object, ...], keywords: Mapping[str, object], engine: str | None
) -> Any:
    """Compile and run."""
    from tilewright.execution.runner import run_function

    kinds, constants, values = sort_arguments(function, arguments, keywords)
    module = translate(function, kinds, constants)
    run_passes(make_context(), module, parse_pipeline("outline-scopes"))
    return run_function(module, function.name, values, engine)


__all__ = ["Compiled", "TensorType", "compile_kernel", "run_kernel"]
