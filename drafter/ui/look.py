"""How the page looks: fonts of the reader's own machine, and colours for what the check found."""

from __future__ import annotations

import gradio as gr

THEME = gr.themes.Base(
    primary_hue="teal",
    neutral_hue="slate",
    font=["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"],
    font_mono=["ui-monospace", "Consolas", "monospace"],
).set(
    block_info_text_color="*neutral_600",
    block_label_text_color="*neutral_700",
    block_title_text_color="*neutral_700",
    body_text_color_subdued="*neutral_600",
    body_text_color_subdued_dark="*neutral_300",
    block_info_text_color_dark="*neutral_300",
    button_primary_background_fill="*primary_700",
    button_primary_background_fill_hover="*primary_800",
)

CSS = """
.gradio-container { width: 100%; max-width: 1280px !important; margin: 0 auto !important; overflow: clip !important; }
#write { position: sticky; bottom: 8px; z-index: 20; }
@media (min-width: 760px) {
  #answer { position: sticky; top: 12px; align-self: flex-start; max-height: calc(100vh - 24px); overflow-y: auto; }
}
#result .letter { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--border-color-primary);
  border-radius: 8px; padding: 16px 18px; line-height: 1.55; background: var(--background-fill-primary); }
#result .subject { font-weight: 600; margin: 12px 0; }
#result .subject span { font-weight: 400; color: var(--body-text-color-subdued); margin-right: 6px; }
#result .status { padding: 10px 14px; border-radius: 8px; font-weight: 600; margin-bottom: 12px; border-left: 5px solid; }
#result .status ul, #result .complaints { font-weight: 400; margin: 6px 0 0 18px; list-style: disc; }
#result .status.ready { background: #e7f6ec; border-color: #1a7f4b; color: #0d4a2b; }
#result .status.needs_review { background: #fff4d6; border-color: #b07a00; color: #553b00; }
#result .status.blocked { background: #fde8e6; border-color: #b3261e; color: #6b120c; }
#result mark { color: inherit; padding: 0 1px; border-radius: 2px; text-decoration: underline 2px; text-underline-offset: 3px; }
#result mark.error { background: rgba(179, 38, 30, .16); text-decoration-color: #b3261e; }
#result mark.warning { background: rgba(176, 122, 0, .18); text-decoration-color: #b07a00; }
#result mark.suggestion { background: rgba(0, 102, 179, .13); text-decoration-color: #0066b3; }
#result mark[data-n]::after { content: attr(data-n); font-size: .7em; vertical-align: super; margin-left: 1px; }
#result h2 { margin: 18px 0 8px; font-size: 1.05em; }
#result .findings { margin-left: 22px; list-style: decimal; }
#result .findings li { margin-bottom: 12px; overflow-wrap: anywhere; }
#result .tag { display: inline-block; padding: 1px 8px; border-radius: 10px; font-size: .85em; color: #fff; }
#result .tag.error { background: #b3261e; } #result .tag.warning { background: #8a5f00; } #result .tag.suggestion { background: #005a9e; }
#result .instead { margin-top: 4px; }
#result details { margin: 14px 0; } #result summary { cursor: pointer; font-weight: 600; margin-bottom: 8px; }
#result p { margin: 10px 0; } #result .made, #result .waiting { color: var(--body-text-color-subdued); }
button[role="tab"][aria-selected="true"] { color: var(--primary-700) !important; }
footer { display: none !important; }
"""

SHOW_ANSWER = """() => {
  const answer = document.querySelector("#answer");
  if (window.innerWidth < 760) answer.scrollIntoView({behavior: "smooth"});
  else answer.scrollTop = 0;
}"""
