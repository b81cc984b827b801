"""On which line of a TOML text a key stands; `tomllib` itself keeps no positions."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]


class Lines:
    """The lines of a text that `tomllib` has read without fault."""

    def __init__(self, text: str) -> None:
        self._known: dict[Path, int] = {(): 1}
        self._tables: Counter[tuple[str, ...]] = Counter()
        table: Path = ()
        for number, statement in _statements(text):
            keys = _keys(tomllib.loads(statement))
            if statement.lstrip().startswith("["):
                table = self._table(keys, opens_one=statement.lstrip().startswith("[["))
                self._known.setdefault(table, number)
                if isinstance(table[-1], int):
                    self._known.setdefault(table[:-1], number)
            else:
                for end in range(1, len(keys) + 1):
                    self._known.setdefault((*table, *keys[:end]), number)

    def of(self, path: Path) -> int:
        """The line of the key, or of the nearest thing around it that is written down."""
        while path not in self._known:
            path = path[:-1]
        return self._known[path]

    def _table(self, keys: tuple[str, ...], *, opens_one: bool) -> Path:
        if opens_one:
            self._tables[keys] += 1
            for inner in [each for each in self._tables if each[:-1] == keys]:
                del self._tables[inner]  # those of the next one are counted from its own first
        path: list[str | int] = []
        for end, key in enumerate(keys, start=1):
            path.append(key)
            if keys[:end] in self._tables:
                path.append(self._tables[keys[:end]] - 1)
        return tuple(path)


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each statement with its first line: lines are gathered until they parse by themselves."""
    gathered, first = "", 1
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        if not gathered:
            first = number
        gathered += line
        try:
            found = tomllib.loads(gathered)
        except tomllib.TOMLDecodeError:
            continue
        if found:
            yield first, gathered
        gathered = ""


def _keys(parsed: dict[str, Any]) -> tuple[str, ...]:
    """The dotted key a statement sets, such as `type.rules` or `step_minutes`."""
    keys: list[str] = []
    inner: Any = parsed
    while isinstance(inner, dict) and len(inner) == 1:
        (key,) = inner
        keys.append(key)
        inner = inner[key]
        if isinstance(inner, list) and inner == [{}]:
            break
    return tuple(keys)
