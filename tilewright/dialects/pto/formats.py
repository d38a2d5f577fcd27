"""The assembly formats that most instructions share."""

from __future__ import annotations


def ins_outs(*names: str, target: str = "dst", optional: str | None = None, inner_attributes: bool = False) -> str:
    """The assembly format `ins(%a, %b[, %c] : A, B[, C]) outs(%dst : D) {…}` for operands of these names.

    With `inner_attributes` the attributes stand before the first colon.
    """
    values = " `,` ".join(f"${name}" for name in names)
    types = " `,` ".join(f"type(${name})" for name in names)
    if optional is not None:
        values += f" (`,` ${optional}^)?"
        types += f" (`,` type(${optional})^)?"
    inner, outer = ("attr-dict", "") if inner_attributes else ("", "attr-dict")
    return f"`ins` `(` {values} {inner} `:` {types} `)` `outs` `(` ${target} `:` type(${target}) `)` {outer}"
