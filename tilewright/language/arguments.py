"""What a call hands to a kernel: arrays and numbers for its parameters, constants for the rest."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Attribute

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.tile import TensorType
from tilewright.language.annotations import AnnotationError, Directed, DynamicExtent, ScalarSpec, Tensor, TensorSpec
from tilewright.language.arrays import as_array, tensor_type
from tilewright.language.dtypes import DType
from tilewright.language.functions import KernelFunction
from tilewright.language.refused import Refused
from tilewright.language.source import Source
from tilewright.language.types import ir_type, signless
from tilewright.language.values import describe_type


@dataclass
class Arguments:
    """The arguments of one call, sorted.

    Attributes:
        kinds: the type of each parameter that is a tensor or a number of the kernel.
        values: what was given for each of them; None where nothing was.
        constants: the value of each other parameter.
    """

    kinds: dict[str, Attribute] = field(default_factory=dict[str, Attribute])
    values: dict[str, object] = field(default_factory=dict[str, object])
    constants: dict[str, object] = field(default_factory=dict[str, object])


def sort_arguments(
    function: KernelFunction,
    arguments: tuple[object, ...],
    keywords: Mapping[str, object],
    *,
    complete: bool,
) -> Arguments:
    """Match what was given with the parameters.

    Args:
        function: what is called.
        arguments, keywords: what was given.
        complete: whether everything must be given, as for a run.

    Raises:
        DiagnosticError: TW0620 for an annotation that no parameter can have, TW0626 for arguments that do not fit the
            parameters.
    """
    return _Sorter(function, arguments, keywords, complete).sort()


class _Sorter:
    """Sorts the arguments of one call; extents that several tensors share are the same in all of them."""

    def __init__(
        self, function: KernelFunction, arguments: tuple[object, ...], keywords: Mapping[str, object], complete: bool
    ) -> None:
        self._function = function
        self._source = function.source()
        self._complete = complete
        self._extents: dict[DynamicExtent, tuple[int, str]] = {}
        self._signature = self._read_signature()
        try:
            bind = self._signature.bind if complete else self._signature.bind_partial
            bound = bind(*arguments, **keywords)
        except TypeError as error:
            self._refuse(None, f"{function.name}: {error}", (f"{function.name}{self._listing()}",))
        bound.apply_defaults()
        self._given = bound.arguments

    def _read_signature(self) -> inspect.Signature:
        try:
            return self._function.signature
        except AnnotationError as error:
            fail("TW0620", str(error), self._source.locate(self._source.node))
        except (NameError, TypeError, ValueError, AttributeError, SyntaxError) as error:
            fail("TW0620", f"an annotation has no value: {error}", self._source.locate(self._source.node))

    def _listing(self) -> str:
        return f"({', '.join(self._signature.parameters)})"

    def sort(self) -> Arguments:
        """Sort them all."""
        result = Arguments()
        for name, parameter in self._signature.parameters.items():
            inner, given = _without_direction(parameter.annotation), self._given.get(name)
            array = as_array(given)
            kind: Attribute | None
            if isinstance(inner, Refused):
                self._refuse(name, f"parameter '{name}': {inner.message}", inner.help, code="TW0623")
            if isinstance(inner, TensorSpec):
                kind = self._tensor(name, inner, given if array is None else array)
            elif isinstance(inner, ScalarSpec):
                kind = self._scalar(name, inner.dtype, given)
            else:
                kind = None if array is None else tensor_type(array)
            if kind is None:
                result.constants[name] = given
            else:
                result.kinds[name] = kind
                result.values[name] = given if array is None else array
        return result

    def _tensor(self, name: str, spec: TensorSpec, given: object) -> TensorType:
        dtype, shape = spec.dtype, spec.shape
        if dtype is not None and not dtype.mlir:
            self._refuse(
                name,
                f"parameter '{name}': {dtype!r} is not an element type of a2a3: later chips have it",
                code="TW0620",
            )
        array = as_array(given)
        if array is None:
            if self._complete or dtype is None or shape is None:
                what = "an array is needed" if self._complete else "its shape is known only from an array"
                self._refuse(name, f"argument '{name}': {what}", ("compile for arrays: kernel.compile(x, ...)",))
            extents = [DYNAMIC_INDEX if isinstance(extent, DynamicExtent) else extent for extent in shape]
            return TensorType.of(extents, ir_type(dtype))
        found = tensor_type(array)
        if found is None:
            self._refuse(
                name, f"argument '{name}' is an array of {array.dtype} of shape {list(array.shape)}: no tensor"
            )
        if dtype is not None and found.element_type != ir_type(dtype):
            self._refuse(name, f"argument '{name}' is an array of {array.dtype}, but the parameter is {dtype!r}")
        if shape is not None:
            self._check_shape(name, shape, array.shape)
        return found

    def _check_shape(self, name: str, shape: tuple[int | DynamicExtent, ...], given: tuple[int, ...]) -> None:
        if len(shape) != len(given):
            self._refuse(name, f"argument '{name}' has {len(given)} dimensions, but the parameter has {len(shape)}")
        for axis, (wanted, found) in enumerate(zip(shape, given, strict=True)):
            if isinstance(wanted, DynamicExtent):
                known, where = self._extents.setdefault(wanted, (found, name))
                if known != found:
                    self._refuse(
                        name, f"argument '{name}': {wanted.name} is {found} here, but {known} in argument '{where}'"
                    )
            elif wanted != found:
                self._refuse(
                    name, f"argument '{name}' has shape {list(given)}: dimension {axis} is {found}, not {wanted}"
                )

    def _scalar(self, name: str, dtype: DType, given: object) -> Attribute:
        if not dtype.mlir or dtype.mlir.startswith("!"):
            self._refuse(name, f"parameter '{name}': a number cannot be {dtype!r}", code="TW0620")
        kind = signless(ir_type(dtype))
        if given is None and not self._complete:
            return kind
        array = as_array(given)
        number = given if array is None else (array.item() if array.size == 1 else None)
        whole = not dtype.is_float
        if (
            isinstance(number, bool | int)
            or (isinstance(number, float) and not whole)
            or _is_numpy_number(given, whole)
        ):
            return kind
        self._refuse(name, f"argument '{name}' is {given!r}, but the parameter is {describe_type(kind)}")

    def _refuse(self, name: str | None, message: str, help: tuple[str, ...] = (), code: str = "TW0626") -> NoReturn:
        node = _parameter_node(self._source, name)
        fail(code, message, self._source.locate(node), span=self._source.span(node), help=help)


def _is_numpy_number(value: object, whole: bool) -> bool:
    import numpy as np

    return isinstance(value, np.integer) or (isinstance(value, np.floating) and not whole)


def _without_direction(annotation: object) -> object:
    inner = annotation.inner if isinstance(annotation, Directed) else annotation
    return TensorSpec() if inner is Tensor else inner


def _parameter_node(source: Source, name: str | None) -> ast.AST:
    arguments = source.node.args
    every = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    return next((each for each in every if each.arg == name), source.node)
