"""A program as text, checked by reading it again."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.language.as_python.functions import write_functions
from tilewright.language.as_python.normal_form import first_difference, normal_form, outlined
from tilewright.language.as_python.writer import Writer, refuse

_IMPORT = "import tilewright.language as pl"


def as_python(module: ModuleOp, returned: Sequence[str | int] = (), *, as_tuple: bool = False) -> str:
    """Print a program of level 1 as text of the language.

    The text makes the same program: that is checked by translating it.

    Args:
        module: an entry and its kernels, or one kernel; it stays as it is.
        returned: what the entry gives back, which IR does not say: see `Translation`.
        as_tuple: whether it gives back a tuple.

    Raises:
        DiagnosticError: TW0630, the language cannot say something; what the verifier refuses.
    """
    program = outlined(module)
    w = Writer()
    w.line(_IMPORT, program)
    write_functions(w, program, returned, as_tuple=as_tuple)
    _check(w, program)
    return w.text


def _check(w: Writer, program: ModuleOp) -> None:
    """Raise unless the text makes the program."""
    try:
        again = _translate(w.text)
    except DiagnosticError as error:
        diagnostic = error.diagnostics[0]
        line = diagnostic.location.line if diagnostic.location is not None else 1
        at = w.origins[line - 1] if 0 < line <= len(w.origins) else program
        refuse(at, f"this {at.name}", notes=(f"{diagnostic.code}: {diagnostic.message}",))
    form = normal_form(program)
    found = first_difference(form, normal_form(again))
    if found is not None:
        refuse(found, f"this {found.name}", notes=("its text would become another program",))


def _translate(text: str) -> ModuleOp:
    from tilewright.language.arguments import sort_arguments
    from tilewright.language.entry import translate
    from tilewright.language.texts import kernel_of_text

    kernel = kernel_of_text(text, None, {})
    given = sort_arguments(kernel, (), {}, complete=False)
    return translate(kernel, given.kinds, given.constants).module
