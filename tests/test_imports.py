"""The layers of the package: what a module may import of Drafter, and of others."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "drafter"
_LAYERS = """
errors texts spreadsheet house settings accounts incident markup checks draft compose course remedy prompts model privacy store
chain ticket writer batch helpdesk webhooks jobs api ui login serve cli __main__
"""
ORDER = tuple(_LAYERS.split())
ALLOWED = {
    "openai": {"model"},
    "langchain_openai": {"model"},
    "tiktoken": {"model"},
    "langchain_core": {"prompts", "model", "chain"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "uuid_utils": {"store"},
    "dbos": {"jobs"},
    "fastapi": {"api", "serve"},
    "uvicorn": {"serve"},
    "starlette": {"api", "login", "serve"},
    "anyio": {"api", "login", "serve"},
    "limits": {"api", "login"},
    "itsdangerous": {"login"},
    "argon2": {"accounts"},
    "filelock": {"accounts", "batch"},
    "prometheus_client": {"api"},
    "rapidfuzz": {"draft"},
    "opentelemetry": {"model", "api", "serve"},
    "gradio": {"ui", "serve"},
    "httpx": {"helpdesk", "webhooks", "model"},
    "httpx2": {"helpdesk", "webhooks", "model"},
    "httpcore2": {"webhooks"},
    "standardwebhooks": {"webhooks"},
    "re2": {"checks"},
    "babel": {"incident"},
    "dateparser": {"incident"},
    "ruamel": {"incident", "compose", "prompts", "cli"},
    "yaml": {"checks", "ui"},
    "jinja2": {"ui"},
    "markupsafe": {"ui"},
    "pygal": {"ui"},
    "markdown_it": {"markup"},
    "typer": {"cli"},
    "rich": {"cli"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def layer(path: Path) -> str:
    """The first name below the package: "checks" for drafter/checks/engine.py; "" for the package itself."""
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def imported(path: Path) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it they stand, but for what only a type checker sees."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    unseen = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.If) and _is_type_checking(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in unseen:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative imports hide the layer"
            yield node.module or ""
            if node.module == "drafter":
                yield from (f"drafter.{alias.name}" for alias in node.names)


def _is_type_checking(node: ast.If) -> bool:
    return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_stands_before_it(path: Path) -> None:
    """The order of design.md holds, also for imports inside functions."""
    here = layer(path)
    if not here:
        return  # the public names come from every layer, and are loaded when they are asked for
    assert here in ORDER, f"{here} has no place in the order of the layers"
    for name in imported(path):
        if name.startswith("drafter."):
            other = name.split(".")[1]
            assert other in ORDER, f"{path.relative_to(ROOT)} imports {name}, which has no place in the order"
            assert ORDER.index(other) <= ORDER.index(here), f"{path.relative_to(ROOT)} imports {name}, which stands after it"
        assert not name.startswith(("evals", "tests")), f"{path.relative_to(ROOT)} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_third_party_is_known_in_its_own_place_only(path: Path) -> None:
    """Swapping one of them touches one layer."""
    for name in imported(path):
        allowed = ALLOWED.get(name.split(".")[0])
        assert allowed is None or layer(path) in allowed, f"{path.relative_to(ROOT)} imports {name}; only {allowed} may"


def test_the_checks_know_neither_model_nor_http_nor_database() -> None:
    """A check in a subprocess loads none of the heavy libraries."""
    code = "import sys, drafter; drafter.check('We were late.'); print(*sorted(sys.modules))"
    loaded = set(run(code).split())
    assert not loaded & {"openai", "langchain_core", "langchain_openai", "fastapi", "gradio", "httpx", "sqlalchemy", "tiktoken"}


def test_starting_the_command_line_loads_no_page_and_no_model() -> None:
    """`drafter --help` waits for nothing that it does not use."""
    loaded = set(run("import sys, drafter.cli; print(*sorted(sys.modules))").split())
    assert not loaded & {"openai", "langchain_core", "langchain_openai", "fastapi", "gradio", "uvicorn", "tiktoken", "babel", "re2"}
    assert not loaded & {"sqlalchemy", "alembic", "psycopg"}


def test_a_draft_without_a_model_loads_no_model_client() -> None:
    """`drafter draft --model none` starts fast because it never loads what it does not call."""
    code = (
        "import sys\nfrom drafter.cli import app\n"
        "try:\n    app(['draft', 'examples/double_charge.yaml', '--model', 'none', '--format', 'json'])\n"
        "except SystemExit:\n    pass\nprint('\\n' + ' '.join(sorted(sys.modules)))"
    )
    loaded = set(run(code).splitlines()[-1].split())
    assert "drafter.writer" in loaded
    assert not loaded & {"openai", "langchain_openai", "tiktoken", "fastapi", "gradio"}


def test_making_a_key_loads_no_migrations_and_no_page() -> None:
    """The commands of the store load the database, and Alembic only where there is something to bring up."""
    code = (
        "import sys\nfrom drafter.cli import app\n"
        "try:\n    app(['keys', 'list'])\nexcept SystemExit:\n    pass\nprint('\\n' + ' '.join(sorted(sys.modules)))"
    )
    run(code)
    loaded = set(run(code).splitlines()[-1].split())
    assert "sqlalchemy" in loaded
    assert not loaded & {"alembic", "openai", "langchain_openai", "fastapi", "gradio"}


def run(code: str) -> str:
    """What a Python of its own prints, in the checkout."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout
