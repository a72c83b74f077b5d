"""The public names are what others build on; they change on purpose only."""

from __future__ import annotations

import importlib
import importlib.resources

import pytest

import drafter


def test_the_public_names_are_these() -> None:
    """Adding or taking one is a decision, made here too."""
    assert drafter.__all__ == ["Draft", "Finding", "House", "Incident", "Report", "Writer", "check", "load_house"]


@pytest.mark.parametrize(
    ("name", "home"),
    [
        ("Draft", "drafter.draft"),
        ("Finding", "drafter.checks.report"),
        ("House", "drafter.house.tables"),
        ("Incident", "drafter.incident"),
        ("Report", "drafter.checks.report"),
        ("Writer", "drafter.writer"),
        ("check", "drafter.checks"),
        ("load_house", "drafter.house.read"),
    ],
)
def test_each_public_name_is_the_thing_itself(name: str, home: str) -> None:
    """The lazy names lead to their definitions, and are listed by dir()."""
    assert getattr(drafter, name) is getattr(importlib.import_module(home), name)
    assert name in dir(drafter)


def test_another_name_is_an_attribute_error() -> None:
    """A misspelt name fails as in any module."""
    with pytest.raises(AttributeError, match="no attribute 'chekc'"):
        drafter.chekc  # noqa: B018


def test_the_example_of_the_package_docstring_holds() -> None:
    """A bare check finds the conditional apology, with its exact words, and no score."""
    text = "We're sorry if you were affected."
    report = drafter.check(text)
    assert "conditional-apology" in [finding.rule for finding in report.findings]
    assert all(text[finding.start : finding.end] == finding.text for finding in report.findings)
    assert report.score is None


def test_the_package_is_typed() -> None:
    """A py.typed marker lets the callers' type checkers read our annotations."""
    assert (importlib.resources.files("drafter") / "py.typed").is_file()
