"""The rules that hold the two halves apart, checked by reading the source and by importing it."""

from __future__ import annotations

import ast
import importlib
import io
import json
import re
import shutil
import string
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from typing import TypeGuard

import pytest
from grimp import ImportGraph, build_graph
from importlinter.api import read_configuration
from importlinter.cli import lint_imports

from engine.extras import PACKAGES
from engine.problems import ProblemKind, declared_kinds

ROOT = Path(__file__).resolve().parent.parent
QT = {"PySide6", "shiboken6", "pyqtgraph"}
MATHEMATICS = {"torch", "numba", "sklearn", "scipy", "polars"}


def sources(package: str) -> list[Path]:
    """Every source file of ``package``; never none, so that no rule passes by finding nothing to judge."""
    found = sorted((ROOT / package).rglob("*.py"))
    assert found, f"{package}/ has no modules"
    return found


@cache
def imports() -> ImportGraph:
    """Which module imports which, inside functions and under TYPE_CHECKING too, and which packages of others: by the
    reader that the contracts are judged with."""
    return build_graph("engine", "app", "assets", include_external_packages=True, cache_dir=None)


@cache
def declarations(source: Path) -> tuple[ast.Call, ...]:
    """The declarations of problems in a file. Read once, and the rest of its tree let go: those of a thousand files
    would weigh on every test after these."""
    text = source.read_text(encoding="utf-8")
    return tuple(filter(is_declaration, ast.walk(ast.parse(text)))) if "declare(" in text else ()


def is_declaration(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "declare"


def module_name(source: Path) -> str:
    parts = source.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def module_names(package: str) -> list[str]:
    return [module_name(source) for source in sources(package)]


def imported_roots(source: Path) -> set[str]:
    """The top-level packages that ``source`` names in an import anywhere, inside functions too."""
    return {name.partition(".")[0] for name in imports().find_modules_directly_imported_by(module_name(source))}


@pytest.fixture(scope="module")
def loaded() -> dict[str, set[str]]:
    """The top-level packages that a fresh interpreter has loaded after all modules of the engine, then of the app."""
    program = (
        "import importlib, json, sys\n"
        "for package, modules in json.loads(sys.argv[1]).items():\n"
        "    for name in modules: importlib.import_module(name)\n"
        "    print(json.dumps([package, sorted({name.partition('.')[0] for name in sys.modules})]))\n"
    )
    modules = {package: module_names(package) for package in ("engine", "app")}
    done = subprocess.run(
        [sys.executable, "-c", program, json.dumps(modules)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    return {package: set(roots) for package, roots in found}


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [("engine", QT | {"app"}), ("app", MATHEMATICS), ("assets", QT | MATHEMATICS | {"app", "engine"})],
)
def test_source_names_no_forbidden_import(package: str, forbidden: set[str]) -> None:
    named = {module_name(source): sorted(imported_roots(source) & forbidden) for source in sources(package)}
    assert not {module: roots for module, roots in named.items() if roots}


@pytest.mark.process
def test_importing_the_engine_loads_neither_qt_nor_torch(loaded: dict[str, set[str]]) -> None:
    assert "engine" in loaded["engine"] and not loaded["engine"] & {*QT, *PACKAGES, "app"}


@pytest.mark.process
def test_importing_the_app_loads_nothing_of_the_extra_and_so_needs_none(loaded: dict[str, set[str]]) -> None:
    assert "app" in loaded["app"] and not loaded["app"] & set(PACKAGES)


@pytest.mark.parametrize("package", ["engine", "app", "assets"])
def test_every_folder_of_modules_is_a_package(package: str) -> None:
    folders = {source.parent for source in sources(package)}
    assert not sorted(str(folder) for folder in folders if not (folder / "__init__.py").exists())


@pytest.mark.parametrize("room", ["shell", "kit"])
def test_the_shell_and_the_kit_do_not_know_the_playground(room: str) -> None:
    knowing = [str(source) for source in sources(f"app/{room}") if "playground" in source.read_text("utf-8").lower()]
    assert not knowing


def test_the_window_has_rooms_and_no_loose_files() -> None:
    assert len(list((ROOT / "app").glob("*.py"))) <= 3


def test_the_documents_name_what_is_there() -> None:
    form = re.compile(r"`((?:app|assets|docs|engine|tests|tools)/[\w./-]+)`")
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    named = {(page.name, path) for page in pages for path in form.findall(page.read_text(encoding="utf-8"))}
    assert len(named) > 10
    assert not {(document, path) for document, path in named if not (ROOT / path).exists()}


# --- Layers and circles --------------------------------------------------------------------------------------------


def contracts() -> list[str]:
    return [contract["name"] for contract in read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"]]


@pytest.fixture(scope="module")
def judged() -> str:
    """What is said of all contracts, which read the imports once."""
    with redirect_stdout(io.StringIO()) as said, pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT))
        lint_imports(str(ROOT / "pyproject.toml"), no_cache=True)
    return " ".join(said.getvalue().split())  # wherever its lines end


@pytest.mark.parametrize("contract", contracts())
def test_nothing_imports_what_stands_above_it(contract: str, judged: str) -> None:
    """The ordered list of layers is in pyproject.toml, under ``[tool.importlinter]``."""
    assert f" {contract} KEPT" in judged, judged


DEFENDED: dict[tuple[str, str], str] = {}
"""Imports, (importing, imported), that may close a circle of files, each with the reason for it."""


def import_graph() -> dict[str, set[str]]:
    """Each module of engine/ and app/ with those of its own that it imports."""
    files = {module_name(source) for package in ("engine", "app") for source in sources(package)}
    return {module: (imports().find_modules_directly_imported_by(module) & files) - {module} for module in files}


def test_imports_are_absolute() -> None:
    relative = re.compile(r"^\s*from\s+\.", re.MULTILINE)
    files = (source for package in ("engine", "app", "assets") for source in sources(package))
    assert not [str(source) for source in files if relative.search(source.read_text(encoding="utf-8"))]


def on_circles(graph: dict[str, set[str]]) -> set[str]:
    """The modules that lie on a circle or between two: what stays when ends are taken away again and again."""
    left = {module: set(names) for module, names in graph.items()}
    while True:
        imported = set().union(*left.values()) if left else set()
        ends = {module for module, names in left.items() if not names or module not in imported}
        if not ends:
            return set(left)
        left = {module: names - ends for module, names in left.items() if module not in ends}


def test_no_files_import_one_another_in_a_circle() -> None:
    graph = import_graph()
    for importing, imported in DEFENDED:
        graph[importing].discard(imported)
    circles = on_circles(graph)
    assert not {module: sorted(graph[module] & circles) for module in sorted(circles)}


def test_what_is_defended_does_close_a_circle() -> None:
    graph = import_graph()
    for importing, imported in DEFENDED:
        assert imported in graph[importing], f"{importing} imports {imported} no more: take it off the list"
        reached, ahead = set(), {imported}
        while ahead:
            reached |= ahead
            ahead = set().union(*(graph[module] for module in ahead)) - reached
        assert importing in reached, f"{importing} closes no circle with {imported}: take it off the list"


def test_a_circle_is_found() -> None:
    assert on_circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}, "e": set()}) == {"b", "c"}
    assert not on_circles({"a": {"b", "c"}, "b": {"c"}, "c": set()})


# --- Problems ------------------------------------------------------------------------------------------------------

PREFIXES = {
    "app": "app",
    "engine.activations": "activation",
    "engine.autodiff": "expression",
    "engine.cli": "cli",
    "engine.cli.recommend": "recommend",
    "engine.data": "data",
    "engine.extra_installer": "install",
    "engine.extras": "extras",
    "engine.formats": "file",
    "engine.gradients": "gradients",
    "engine.graph": "graph",
    "engine.guesses": "guesses",
    "engine.initializers": "initializer",
    "engine.losses": "loss",
    "engine.network": "network",
    "engine.neuron": "neuron",
    "engine.optimizers": "optimizer",
    "engine.problems": "file",
    "engine.recommenders": "recommender",
    "engine.training": "training",
    "engine.validation": "validation",
    "engine.value_check": "check",
}
"""What the codes of each package begin with. The longest name that fits a module counts."""
SHARED = {"engine.formats", "engine.problems"}
"""What the system says of any file stands on the ground floor, and what formats say of theirs begins alike."""


def home_of(module: str) -> str | None:
    """The entry of ``PREFIXES`` that a module belongs to."""
    homes = [package for package in PREFIXES if f"{module}.".startswith(f"{package}.")]
    return max(homes, key=len, default=None)


@cache
def declared_codes() -> list[tuple[str, str]]:
    """Each module that declares a problem, with the code as it is written there."""
    found = []
    for source in (*sources("engine"), *sources("app")):
        for node in declarations(source):
            assert isinstance(node.args[0], ast.Constant), f"{source}:{node.lineno}: a code is written out"
            found.append((module_name(source), node.args[0].value))
    return found


def test_no_two_packages_share_a_prefix_and_each_has_one() -> None:
    assert {PREFIXES[package] for package in SHARED} == {"file"}
    assert len(set(PREFIXES.values())) == len(PREFIXES) - len(SHARED) + 1
    assert not {module for module, _ in declared_codes() if home_of(module) is None}
    assert set(PREFIXES) <= {*module_names("engine"), *module_names("app")}


@pytest.mark.parametrize("package", PREFIXES)
def test_problem_codes_are_in_kebab_case_under_their_package_s_prefix(package: str) -> None:
    form = re.compile(re.escape(PREFIXES[package]) + r"\.[a-z0-9]+(-[a-z0-9]+)*")
    codes = [code for module, code in declared_codes() if home_of(module) == package]
    assert not [code for code in codes if not form.fullmatch(code)]


class AnyValue:
    """Stands in for whatever fills a template in: takes every format that some plain value takes."""

    def __format__(self, spec: str) -> str:
        for value in ("text", 1, 1.5):
            try:
                return format(value, spec)
            except ValueError:
                continue
        raise ValueError(f"no plain value takes the format {spec!r}")


def all_problem_kinds() -> Iterator[ProblemKind]:
    for name in module_names("engine"):
        importlib.import_module(name)  # a code that is declared twice raises here
    yield from declared_kinds()


def test_problem_codes_are_unique() -> None:
    codes = [kind.code for kind in all_problem_kinds()]
    assert codes
    assert len(codes) == len(set(codes))


def test_problem_templates_are_sentences_that_fill_in() -> None:
    for kind in all_problem_kinds():
        fields = {field for _, field, _, _ in string.Formatter().parse(kind.template) if field is not None}
        assert all(field.isidentifier() for field in fields), f"{kind.code} has a field without a name"
        sentence = kind(**dict.fromkeys(fields, AnyValue())).sentence
        assert sentence.rstrip().endswith((".", "?")), f"{kind.code} is no sentence: {sentence}"


def test_no_environment_no_build_and_no_cache_is_tracked() -> None:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is no checkout of git")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    tracked = listed.rstrip("\0").split("\0")
    assert "pyproject.toml" in tracked
    generated = re.compile(r"\.venv|dist/|build/|(.*/)?__pycache__(/|$)")
    assert [path for path in tracked if generated.match(path)] == []
