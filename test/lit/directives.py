"""Find misspelt directives in lit files: FileCheck and `--verify-diagnostics` ignore them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_RUNNER_WORDS = {"RUN", "REQUIRES", "XFAIL", "UNSUPPORTED", "DEFINE", "COM", "TODO", "NOTE"}
_SUFFIXES = {"", "-NEXT", "-SAME", "-DAG", "-NOT", "-LABEL", "-EMPTY"}
_PREFIX_OPTION = re.compile(r"--check-prefix(?:es)?[= ]([\w,-]+)")
_COMMENT_WORD = re.compile(r"//\s*([A-Za-z][\w-]*(?: (?:NEXT|SAME|DAG|NOT|LABEL|EMPTY))?)\s*(:?)")
_COUNT = re.compile(r"-COUNT-\d+$")
_EXPECT_LIKE = re.compile(r"//.*?\b(ex\w*ed-\w+)[^{]*\{")
_EXPECT = re.compile(
    r"expected-(?:error|warning|remark|note)(?:-re)?"
    r"(?:@(?:[+-]\d+|above|below|unknown))?\s*\d*\s*\{\{.*?\}\}"
)


def misspelt_directives(text: str) -> Iterator[tuple[int, str]]:
    """Give the line and the word of each comment that looks like a directive but is none."""
    prefixes = {"CHECK"}
    for match in _PREFIX_OPTION.finditer(text):
        prefixes.update(match[1].split(","))
    for number, line in enumerate(text.split("\n"), start=1):
        if (match := _COMMENT_WORD.search(line)) and _is_misspelt(match[1], match[2], prefixes):
            yield number, match[1]
        if (match := _EXPECT_LIKE.search(line)) and not _EXPECT.search(line):
            yield number, match[1]


def _is_misspelt(word: str, colon: str, prefixes: set[str]) -> bool:
    if word in _RUNNER_WORDS or _is_directive(word, prefixes):
        return not colon and _is_directive(word, prefixes)
    # A word in capitals before a colon is meant for a tool; so is anything that resembles CHECK.
    looks_meant = bool(colon) and (word.isupper() or _resembles_check(word))
    return looks_meant or (_resembles_check(word) and "-" in word)


def _is_directive(word: str, prefixes: set[str]) -> bool:
    stem = _COUNT.sub("", word)
    return any(stem == prefix + suffix for prefix in prefixes for suffix in _SUFFIXES)


def _resembles_check(word: str) -> bool:
    return re.match(r"CH?E?C?H?[EK]*K?C?(?:$|[-_ ])", word, re.IGNORECASE) is not None
