"""How the page looks: a theme of fonts that every machine has, and the styles of `assets`."""

from __future__ import annotations

import gradio as gr

from drafter.ui.saying import asset

THEME = gr.themes.Base(
    primary_hue="teal",
    neutral_hue="slate",
    font=["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"],
    font_mono=["ui-monospace", "Consolas", "monospace"],
)
CSS = asset("page.css") + asset("insights.css")
