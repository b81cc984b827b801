"""Writes the table of docs/architecture.md: how the code is laid out, in figures.

Read with the syntax tree, without migrations and tests; the text around the table stays.
"""

from __future__ import annotations

import ast
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- made by make architecture -->", "<!-- end of what is made -->"
ROOMS = ("labbooking", "residents", "equipment")
DJANGOS_OWN = {"Meta", "Command"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    path: Path
    lines: int
    tree: ast.Module

    @property
    def folder(self) -> str:
        return self.path.parent.relative_to(ROOT).as_posix()

    @property
    def room(self) -> str:
        parts = self.path.relative_to(ROOT).parts
        return "/".join(parts[: 2 if parts[0] == "labbooking" and len(parts) > 2 else 1])

    def functions(self) -> Iterator[Function]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def classes(self) -> Iterator[str]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ClassDef) and node.name not in DJANGOS_OWN:
                yield node.name

    @property
    def imported(self) -> int:
        imports = (
            node for node in ast.walk(self.tree) if isinstance(node, ast.Import | ast.ImportFrom)
        )
        return sum(len(node.names) for node in imports if not _is_future(node))


def _is_future(node: ast.Import | ast.ImportFrom) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def modules() -> list[Module]:
    """Every module with something in it, `__init__.py` only where it holds more than words."""
    paths = (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))
    read = [(path, path.read_text()) for path in paths if "migrations" not in path.parts]
    return [
        Module(path, len(text.splitlines()), ast.parse(text))
        for path, text in read
        if path.name != "__init__.py"
    ]


def lines_of(node: Function) -> int:
    docstring = ast.get_docstring(node, clean=False) or ""
    return (node.end_lineno or node.lineno) - node.lineno + 1 - len(docstring.splitlines())


def twice(found: list[Module]) -> list[str]:
    """Class names that stand more than once in one room."""
    places: dict[tuple[str, str], int] = defaultdict(int)
    for module in found:
        for name in module.classes():
            places[module.room, name] += 1
    return sorted(f"{room}: {name}" for (room, name), count in places.items() if count > 1)


def figures(found: list[Module]) -> Iterator[tuple[str, str]]:
    functions = [node for module in found for node in module.functions()]
    lengths = sorted(lines_of(node) for node in functions)
    folders = Counter(module.folder for module in found)
    fullest, most = folders.most_common(1)[0]
    typed = sum(node.returns is not None for node in functions)
    sizes = [module.lines for module in found]
    yield "Modules", str(len(found))
    yield "Lines of a module, median / longest", f"{statistics.median(sizes):.0f} / {max(sizes)}"
    yield (
        "Lines of a function, median / p90 / longest",
        f"{statistics.median(lengths):.0f} / {lengths[len(lengths) * 9 // 10]} / {lengths[-1]}",
    )
    yield "Functions that say what they return", f"{100 * typed / len(functions):.0f} %"
    imported = statistics.median(module.imported for module in found)
    yield "Names imported by a module, median", f"{imported:.0f}"
    yield "Most modules in one folder", f"{most} (`{fullest}`)"
    yield "Class names that stand twice in a room", str(len(twice(found)))


def table(found: list[Module]) -> str:
    rows = ["| What | |", "|---|---|", *(f"| {what} | {told} |" for what, told in figures(found))]
    rows += ["", "| Folder | Modules | Lines |", "|---|---|---|"]
    folders = sorted({module.folder for module in found})
    for folder in folders:
        inside = [module.lines for module in found if module.folder == folder]
        rows.append(f"| `{folder}/` | {len(inside)} | {sum(inside)} |")
    return "\n".join(rows)


def main() -> None:
    before, _, rest = PAGE.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{table(modules())}\n\n{END}{after}")


if __name__ == "__main__":
    main()
