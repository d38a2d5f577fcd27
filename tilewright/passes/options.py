"""Options of passes and pipelines: from the words of a pipeline to fields of a dataclass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import MISSING, Field, dataclass, fields
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from xdsl.utils.arg_spec import ArgSpecConvertible
from xdsl.utils.hints import isa, type_repr

from tilewright.dialects.diagnostics import SourceLocation, did_you_mean, fail

OptionValue = str | int | bool | float

_OwnerT = TypeVar("_OwnerT", bound=ArgSpecConvertible)


@dataclass(frozen=True)
class Option:
    """An option as written: `name=value,value`, or `name` alone."""

    name: str
    values: tuple[OptionValue, ...]
    location: SourceLocation


@dataclass(frozen=True)
class OptionInfo:
    """What an option accepts, as a user writes it."""

    name: str
    type: str
    default: str | None

    def __str__(self) -> str:
        suffix = "" if self.default is None else f" = {self.default}"
        return f"{self.name}: {self.type}{suffix}"


def option_infos(owner: type[ArgSpecConvertible]) -> tuple[OptionInfo, ...]:
    """List the options of a pass or pipeline in the order of its fields."""
    types = get_type_hints(owner)
    return tuple(
        OptionInfo(_kebab(field.name), _type_text(types[field.name]), _default_text(field))
        for field in _option_fields(owner)
    )


def instantiate(owner: type[_OwnerT], options: Sequence[Option], where: SourceLocation | None = None) -> _OwnerT:
    """Construct a pass or pipeline from its written options.

    Raises:
        DiagnosticError: TW0003 at an option that is unknown, given twice, or of a wrong type, and
            at `where` for one that is missing or a combination that the pass itself refuses.
    """
    types = get_type_hints(owner)
    known = {field.name: field for field in _option_fields(owner)}
    arguments: dict[str, Any] = {}
    for option in options:
        field_name = option.name.replace("-", "_")
        if field_name not in known:
            _fail_unknown(owner, option)
        if field_name in arguments:
            fail("TW0003", f"option '{option.name}' is given twice", option.location)
        arguments[field_name] = _converted(owner, option, types[field_name])
    for field in known.values():
        if _is_required(field) and field.name not in arguments:
            fail("TW0003", f"'{owner.name}' needs the option '{_kebab(field.name)}'", where)
    try:
        return owner(**arguments)
    except ValueError as error:
        fail("TW0003", f"'{owner.name}': {error}", where)


def _option_fields(owner: type[ArgSpecConvertible]) -> list[Field[Any]]:
    return [field for field in fields(owner) if field.init and field.name != "name"]


def _converted(owner: type[ArgSpecConvertible], option: Option, hint: Any) -> Any:
    """Give the value of the field's type; one value may stand for a tuple of one."""
    values = option.values or (True,)
    alternatives = get_args(hint) or (hint,)
    if len(values) == 1:
        value = values[0]
        # For Python a bool is an int, for a user `stages=true` is a mistake.
        if isa(value, hint) and (not isinstance(value, bool) or bool in alternatives):
            return value
        if isinstance(value, int) and not isinstance(value, bool) and float in alternatives:
            return float(value)
    if isa(values, hint):
        return values
    given = ",".join(map(_text, option.values)) or "no value"
    fail(
        "TW0003",
        f"option '{option.name}' of '{owner.name}' takes {_type_text(hint)}, got {given}",
        option.location,
    )


def _fail_unknown(owner: type[ArgSpecConvertible], option: Option) -> None:
    infos = option_infos(owner)
    listing = "".join(f"\n{info}" for info in infos)
    fail(
        "TW0003",
        f"'{owner.name}' has no option '{option.name}'",
        option.location,
        notes=(f"its options are:{listing}" if infos else "it has no options",),
        help=did_you_mean(option.name, [info.name for info in infos]),
    )


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _default_text(field: Field[Any]) -> str | None:
    if _is_required(field):
        return None
    value = field.default if field.default_factory is MISSING else field.default_factory()
    if value is None:
        return "unset"
    return ",".join(map(_text, value)) if isa(value, tuple[OptionValue, ...]) else _text(value)


def _type_text(hint: Any) -> str:
    if get_origin(hint) is Literal:
        return " | ".join(get_args(hint))
    return type_repr(hint).replace("|", " | ")


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _kebab(name: str) -> str:
    return name.replace("_", "-")
