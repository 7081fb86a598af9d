"""The rules that hold the two halves apart, checked by reading the source and by importing it."""

from __future__ import annotations

import ast
import importlib
import json
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.problems import ProblemKind, declared_kinds

ROOT = Path(__file__).resolve().parent.parent
QT = {"PySide6", "shiboken6", "pyqtgraph"}
MATHEMATICS = {"torch", "numba", "sklearn", "scipy", "polars"}


def sources(package: str) -> list[Path]:
    """Every source file of ``package``; never none, so that no rule passes by finding nothing to judge."""
    found = sorted((ROOT / package).rglob("*.py"))
    assert found, f"{package}/ has no modules"
    return found


def module_name(source: Path) -> str:
    parts = source.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def module_names(package: str) -> list[str]:
    return [module_name(source) for source in sources(package)]


def imported_roots(source: Path) -> set[str]:
    """The top-level packages that ``source`` names in an import anywhere, inside functions too."""
    roots: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            roots |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            roots.add(node.module.partition(".")[0])
    return roots


def roots_after_importing(modules: list[str]) -> set[str]:
    """The top-level packages that a fresh interpreter has loaded after importing ``modules``."""
    program = (
        "import importlib, json, sys\n"
        "for name in json.loads(sys.argv[1]): importlib.import_module(name)\n"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, json.dumps(modules)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [("engine", QT | {"app"}), ("app", MATHEMATICS), ("assets", QT | MATHEMATICS | {"app", "engine"})],
)
def test_source_names_no_forbidden_import(package: str, forbidden: set[str]) -> None:
    named = {module_name(source): sorted(imported_roots(source) & forbidden) for source in sources(package)}
    assert not {module: roots for module, roots in named.items() if roots}


def test_importing_the_engine_loads_neither_qt_nor_torch() -> None:
    assert not roots_after_importing(module_names("engine")) & (QT | {"app", "torch"})


def test_importing_the_app_does_not_load_torch() -> None:
    assert "torch" not in roots_after_importing(module_names("app"))


@pytest.mark.parametrize("package", ["engine", "app", "assets"])
def test_every_folder_of_modules_is_a_package(package: str) -> None:
    folders = {source.parent for source in sources(package)}
    assert not sorted(str(folder) for folder in folders if not (folder / "__init__.py").exists())


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
