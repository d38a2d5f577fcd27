"""Data paths of the chip, as the verifiers of both dialects ask for them."""

from __future__ import annotations

from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import Move, load_chip


def path_between(source: str, target: str) -> Move:
    """The data path between two memories (`gm` for global memory).

    Raises:
        VerifyException: TW0107, hardware has none.
    """
    move = load_chip().move(source, target)
    if move is None:
        raise VerifyException(f"TW0107: there is no data path from {source} to {target} on this chip")
    return move


def check_path(source: str, target: str, before: object, after: object) -> None:
    """Raise unless there is a data path, and it takes elements of type `before` to type `after`.

    Raises:
        VerifyException: TW0107, there is none; TW0108, not for these types.
    """
    if not path_between(source, target).allows(str(before), str(after)):
        raise VerifyException(f"TW0108: the path from {source} to {target} does not take {before} to {after}")
