"""Decorators: `@pl.jit` and its kin turn a Python function into a kernel; `pl.parse` does so with a text."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent
from typing import TYPE_CHECKING, Any, overload

from tilewright.language.functions import KernelFunction, Role
from tilewright.language.refused import EXTERN, HOST

if TYPE_CHECKING:
    from tilewright.language.compiled import Compiled


class Kernel(KernelFunction):
    """A decorated function. Calling it with arrays compiles it for them, once, and runs it.

    What needs no arrays (`ir`, `pto`, `cce`, `budget`, `check`, `tasks`, `save`) works on the function itself if its
    annotations give every shape; else take `kernel.compile(*arrays)` first.
    """

    def compile(self, *arguments: object, options: str = "", **keywords: object) -> Compiled:
        """Compile for these arguments: arrays for tensors (only their shape and element type count), numbers.

        Without arguments, for the shapes of the annotations.

        Args:
            arguments: in the order of the parameters.
            options: of the pipeline `a2a3` for its kernels, as `keep-placement`, or `mat-limit=65536 keep-placement`.
            keywords: arguments by name.

        Raises:
            CompileError: what is wrong with the kernel, at the line where it is wrong.
        """
        from tilewright.language.compiled import compile_kernel

        return compile_kernel(self, arguments, keywords, options)

    def __call__(self, *arguments: object, engine: str | None = None, **keywords: object) -> Any:
        """Run on arrays, which outputs are written to.

        Args:
            arguments: an array for each tensor (numpy, or anything with the array protocol), a number for each scalar.
            engine: `value` (the default), `physical` or `native`.
            keywords: arguments by name.

        Returns:
            What the kernel returns: arrays. An output parameter is the array that was given for it.
        """
        from tilewright.language.compiled import run_kernel

        return run_kernel(self, arguments, keywords, engine)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        from tilewright.language.compiled import Compiled

        if not hasattr(Compiled, name):
            raise AttributeError(f"a kernel has no attribute '{name}'")
        return getattr(self.compile(), name)


class _Jit:
    """`@pl.jit`, `@pl.jit.inline`, `@pl.jit.incore`, `@pl.jit.opaque`."""

    @overload
    def __call__(self, function: Callable[..., Any]) -> Kernel: ...
    @overload
    def __call__(self, *, auto_scope: bool = True) -> Callable[[Callable[..., Any]], Kernel]: ...
    def __call__(self, function: Callable[..., Any] | None = None, **options: object) -> Any:
        """Make a function an entry: it allocates tensors and submits tasks, its compute scopes become kernels."""
        return _decorate(function, Role.ENTRY)

    @overload
    def inline(self, function: Callable[..., Any], /) -> Kernel: ...
    @overload
    def inline(self, function: None = None, /, **options: object) -> Callable[[Callable[..., Any]], Kernel]: ...
    def inline(self, function: Callable[..., Any] | None = None, /, **options: object) -> Any:
        """Make a function one that is spliced in where it is called."""
        return _decorate(function, Role.INLINE)

    @overload
    def incore(self, function: Callable[..., Any], /) -> Kernel: ...
    @overload
    def incore(self, function: None = None, /, **options: object) -> Callable[[Callable[..., Any]], Kernel]: ...
    def incore(self, function: Callable[..., Any] | None = None, /, **options: object) -> Any:
        """Make a function a kernel: all of its body is one compute scope."""
        return _decorate(function, Role.KERNEL)

    @overload
    def opaque(self, function: Callable[..., Any], /) -> Kernel: ...
    @overload
    def opaque(self, function: None = None, /, **options: object) -> Callable[[Callable[..., Any]], Kernel]: ...
    def opaque(self, function: Callable[..., Any] | None = None, /, **options: object) -> Any:
        """Make a function a part of an entry; it may allocate tensors and hold compute scopes."""
        return _decorate(function, Role.INLINE)

    host = HOST
    extern = EXTERN


jit = _Jit()


def _decorate(function: Callable[..., Any] | None, role: Role) -> Any:
    def decorate(inner: Callable[..., Any]) -> Kernel:
        return Kernel(inner, role)

    return decorate if function is None else decorate(function)


def parse(text: str, name: str | None = None, **names: object) -> Kernel:
    """Make a kernel of a text, which holds one or more decorated functions.

    Args:
        text: Python; `pl` is known, imports at its top are run.
        name: the function that is wanted; the last one by default.
        names: values of further names in it.

    Raises:
        CompileError: TW0600 when the text does not parse or holds no such function.
    """
    from tilewright.language.failures import as_compile_error
    from tilewright.language.texts import kernel_of_text

    with as_compile_error():
        return kernel_of_text(dedent(text), name, names)
