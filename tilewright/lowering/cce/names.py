"""Names for the C++ text: those of the source where possible, and always legal and unique."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_KEYWORDS = """
alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t
char32_t class co_await co_return co_yield compl concept const const_cast consteval constexpr
constinit continue decltype default delete do double dynamic_cast else enum explicit export
extern false float for friend goto if inline int long mutable namespace new noexcept not not_eq
nullptr operator or or_eq private protected public register reinterpret_cast requires return
short signed sizeof static static_assert static_cast struct switch template this thread_local
throw true try typedef typeid typename union unsigned using virtual void volatile wchar_t while
xor xor_eq
"""

_SPELLED_BY_US = """
pto Tile GlobalTensor TileType BLayout SLayout PadValue CompactMode Layout Shape Stride half
bfloat16_t int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t event_t set_flag
wait_flag pipe_barrier set_mask_norm set_vector_mask get_block_idx get_block_num get_subblockid
get_subblockdim get_buf rls_buf trap cce AtomicType STPhase ReluPreMode AccToVecMode
"""

# Lower-case macros of compilers and C libraries.
_MACROS = """
assert errno linux major minor setjmp stderr stdin stdout unix
"""

RESERVED = frozenset((_KEYWORDS + _SPELLED_BY_US + _MACROS).split())
"""Words that no variable may be called."""

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def is_identifier(name: str) -> bool:
    """Say whether `name` may be the name of a function as it is."""
    return _IDENTIFIER.fullmatch(name) is not None and name not in RESERVED and "__" not in name


def legalized(hint: str) -> str:
    """Give the nearest legal name for a variable; empty when nothing of the hint can be kept.

    Names in capitals become lower-case, since the vendor's headers define many such macros.
    """
    name = re.sub(r"[^A-Za-z0-9]+", "_", hint).strip("_")
    if len(name) > 1 and name.upper() == name:
        name = name.lower()
    if name[:1].isdigit():
        name = f"v{name}"
    return f"{name}_" if name in RESERVED else name


@dataclass
class Names:
    """The names in use in one scope; one that lies inside `outer` never hides a name of it."""

    outer: Names | None = None
    _taken: set[str] = field(default_factory=set[str])
    _taken_inside: set[str] = field(default_factory=set[str])

    def fresh(self, hint: str | None, default: str) -> str:
        """Take a name that is not in use: the hint, made legal, or else the default.

        A number is appended where the name is in use, so the n-th `%tile` becomes `tile_n`.
        """
        base = legalized(hint or "") or default
        name, count = base, 1
        while self._in_use(name):
            count += 1
            name = f"{base.rstrip('_')}_{count}"
        self.reserve(name)
        return name

    def reserve(self, name: str) -> None:
        """Take a name as it is."""
        self._taken.add(name)
        if self.outer is not None:
            self.outer._taken_inside.add(name)

    def _in_use(self, name: str) -> bool:
        if name in self._taken or name in self._taken_inside:
            return True
        return self.outer is not None and name in self.outer._taken
