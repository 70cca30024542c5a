"""The house stands as drawn: floors, no cycles, a core that touches nothing, small rooms."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "mati"

FLOORS = (
    ("diagnostics",),
    ("model", "errands", "figures", "images", "inline", "shelf", "spreadsheet", "width", "wording"),
    ("questions", "services", "engines", "blocks", "boards", "hosts", "settings", "uploads"),
    ("reader", "catalog", "responses", "templating"),
    (
        "accept",
        "compile",
        "editing",
        "followups",
        "localise",
        "merge",
        "pages",
        "render",
        "report",
        "reviews",
        "samples",
        "share",
        "summarise",
        "tidy",
        "versions",
    ),
    (
        "crawl",
        "home",
        "press",
        "project",
        "revisions",
        "runners",
        "sending",
        "starters",
        "store",
        "writer",
    ),
    ("build", "formservice", "uploading"),
    ("devserver", "window"),
    ("cli",),
    ("__main__",),
)
CORE = frozenset(room for floor in FLOORS[:5] for room in floor)
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}

WORLD = frozenset(
    {
        "asyncio", "concurrent", "ctypes", "fcntl", "fileinput", "glob", "http", "io", "locale",
        "logging", "mmap", "multiprocessing", "os", "pathlib", "platform", "pwd", "random",
        "requests", "secrets", "select", "selectors", "shutil", "signal", "socket",
        "socketserver", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time",
        "tornado", "urllib.request", "uuid", "webbrowser", "zoneinfo",
    }
)  # fmt: skip
"""Modules through which code meets disk, clock, chance or network."""

LONGEST_FUNCTION = 60
LONGEST_MODULE = 400
LONGEST_BUILD = 60
EMPTY_NAMES = frozenset({"utils", "helpers", "common", "base", "manager"})


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package by dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = ("mati", *path.relative_to(PACKAGE).with_suffix("").parts)
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text("utf-8"), str(path))
    return found


@cache
def nodes(module: str) -> tuple[ast.AST, ...]:
    """Every node of a module, its functions' insides too."""
    return tuple(ast.walk(modules()[module]))


@cache
def imported(module: str) -> frozenset[str]:
    """What a module imports, lazily too: a submodule by its own name, else its module's."""
    return frozenset(_imported(module))


def _imported(module: str) -> Iterator[str]:
    for node in nodes(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}:{node.lineno} imports relatively"
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from inside
            if inside - modules().keys():
                yield str(node.module)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            yield ast.unparse(node.args[0]).strip("'")


def room(module: str) -> str:
    """The room a module stands in."""
    return module.split(".")[1] if "." in module else ""


def own_imports(module: str) -> set[str]:
    """The modules of ours that a module imports (names inside a module fall to the module)."""
    return {name for name in imported(module) if name in modules() and name != module}


def test_every_room_stands_on_a_floor():
    rooms = {room(name) for name in modules()} - {""}
    assert rooms == set(LEVEL) & rooms, f"rooms on no floor: {sorted(rooms - set(LEVEL))}"


def test_the_map_shows_every_room_and_no_other():
    told = (PACKAGE.parent / "docs" / "architecture.md").read_text("utf-8")
    table = told.split("## The rooms")[1].split("##")[0]
    firsts = (line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))
    named = {name for first in firsts for name in re.findall(r"`(\w+)`", first)}
    assert named == {room(name) for name in modules()} - {"", "__main__"}


@pytest.mark.parametrize("module", sorted(modules()))
def test_water_runs_downhill(module):
    here = room(module)
    for target in own_imports(module):
        there = room(target)
        if there in ("", here):
            continue
        assert LEVEL[there] < LEVEL[here], f"{module} reaches up or sideways to {target}"


def test_no_cycles_counting_lazy_imports():
    graph = {module: own_imports(module) for module in modules()}
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join((*trail, module))
        if module in done:
            return
        for target in sorted(graph[module]):
            visit(target, (*trail, module))
        done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("module", sorted(m for m in modules() if room(m) in CORE))
def test_the_core_touches_nothing(module):
    for name in imported(module):
        parts = name.split(".")
        prefixes = {".".join(parts[: n + 1]) for n in range(len(parts))}
        assert not prefixes & WORLD, f"{module} imports {name}"
    for node in nodes(module):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in ("open", "print", "input"), f"{module} calls {called}"
            assert not called.endswith((".now", ".utcnow", ".today")), f"{module}: {called}"


@pytest.mark.parametrize("module", sorted(m for m in modules() if room(m) != "cli"))
def test_imports_stand_at_the_top(module):
    for node in nodes(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for inner in ast.walk(node):
                assert not isinstance(inner, ast.Import | ast.ImportFrom), (
                    f"{module}.{node.name} imports inside a function"
                )


@pytest.mark.parametrize("module", sorted(modules()))
def test_rooms_are_small(module):
    for node in nodes(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{module}.{node.name}: {length} lines"
    assert code_lines(module) < LONGEST_MODULE
    assert not EMPTY_NAMES & set(module.split("."))


def code_lines(module: str) -> int:
    """Lines that hold code: blank lines, comments and docstrings do not count."""
    path = PACKAGE.joinpath(*module.split(".")[1:])
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    written = enumerate(file.read_text("utf-8").splitlines(), 1)
    lines = {number for number, line in written if line.strip() and line.strip()[0] != "#"}
    for node in nodes(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            lines -= set(range(node.lineno, (node.end_lineno or 0) + 1))
    return len(lines)


def test_the_build_reads_as_two_paragraphs():
    assert code_lines("mati.build") <= LONGEST_BUILD


@pytest.mark.parametrize("module", sorted(modules()))
def test_public_definitions_are_documented_and_listed(module):
    tree = modules()[module]
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
    ]
    for node in public:
        assert ast.get_docstring(node), f"{module}.{node.name} has no docstring"
        if not isinstance(node, ast.ClassDef):
            assert node.returns is not None, f"{module}.{node.name} has no return type"
    assert ast.get_docstring(tree), f"{module} has no docstring"
    if room(module) not in {"cli", "__main__"}:  # commands are found through ``commands``
        unlisted = {node.name for node in public} - listed(module)
        assert not unlisted, f"{module}.__all__ lacks {sorted(unlisted)}"


def listed(module: str) -> set[str]:
    """The names a module offers in its ``__all__``."""
    found = [
        ast.literal_eval(node.value)
        for node in modules()[module].body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    assert len(found) == 1, f"{module} says nowhere what it offers"
    return set(found[0])
