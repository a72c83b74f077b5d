"""What texts with markup are made of, to be put together at random."""

from __future__ import annotations

from hypothesis import strategies as st

SENTENCES = ["We're sorry if you were affected.", "You should have read the terms.", "Any inconvenience caused is regretted."]
WORDS = ["we’re sorry", "if you", "mistakes were made", "é", "🙈", "“", "a", "…", "{{ name }}", "<", ">", "&"]
BLANKS = [" ", "  ", "\t", "\u00a0", "\u2028", "\x0c"]
ENDS = ["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "  \n", "\\\n"]
OPEN = [
    "<b>",
    "<br>",
    "<p>",
    "<div class='gmail_quote'>",
    "<code>",
    "<pre>",
    "<q>",
    "<script>",
    "<td>",
    "<li>",
    "<del>",
    "<body>",
    "<blockquote>",
]
CLOSE = ["</b>", "</p>", "</div>", "</code>", "</pre>", "</q>", "</script>", "</a>", "</del>", "</blockquote>"]
OTHER = ["<a href=\"x>y\" title='sorry if'>", "<!-- x -->", "<!doctype html>"]
COMMENTS = ["<!-- drafter: off excuse -->", "<!-- drafter: on -->", "<!-- drafter: off-next-line -->"]
ENTITIES = ["&amp;", "&rsquo;", "&#8217;", "&nbsp;", "&#x1F648;", "&bogus;", "&lt", "&shy;", "&zwnj;"]
INLINE = [
    "*",
    "**",
    "_",
    "__",
    "~~",
    "`",
    "``",
    "[",
    "](http://x.example)",
    "](<a b> 'sorry if')",
    "![",
    "\\",
    "\\|",
    "<https://a.example>",
]
BLOCKS = [
    "> ",
    "- ",
    "1. ",
    "    ",
    "# ",
    " #",
    "---",
    "===",
    "```\n",
    "|",
    "| a | b |\n|---|---|\n",
    "[ref]",
    "[ref]: http://x.example 'y'",
    "+++",
]
PLAIN = [*SENTENCES, *WORDS, *BLANKS, *ENDS]
TAGS = [*OPEN, *CLOSE, *OTHER, *COMMENTS, *ENTITIES]
MARKS = [*INLINE, *BLOCKS]


def made_of(parts: list[str]) -> st.SearchStrategy[str]:
    """Texts of up to 25 of these parts."""
    return st.lists(st.sampled_from(parts), min_size=1, max_size=25).map("".join)


html = made_of([*PLAIN, *TAGS])
markdown = made_of([*PLAIN, *TAGS, *MARKS])
