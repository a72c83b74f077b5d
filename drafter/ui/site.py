"""The site: every page at an address of its own, under one bar."""

from __future__ import annotations

from collections.abc import Callable

import gradio as gr

from drafter.ui import check, insights, review, rules, write
from drafter.ui.roles import EVERYBODYS
from drafter.ui.saying import render, words
from drafter.ui.workbench import Desk

Page = Callable[[Desk], None]
PAGES: dict[str, Page] = {"write": write.page, "check": check.page, "review": review.page, "insights": insights.page, "rules": rules.page}


def site(desk: Desk) -> gr.Blocks:
    """All pages; "write" is the first."""
    blocks: gr.Blocks
    with gr.Blocks(title=words().shell.title, analytics_enabled=False, fill_width=True) as blocks:
        _shown("write", PAGES["write"], desk)
    for name, page in PAGES.items():
        if name != "write":
            with blocks.route(words().shell.nav[name], f"/{name}", show_in_navbar=False):
                _shown(name, page, desk)
    return blocks


def _shown(name: str, page: Page, desk: Desk) -> None:
    gr.HTML(render("top.html", here=name, pages=EVERYBODYS, root="/"), apply_default_css=False, padding=False)
    page(desk)
