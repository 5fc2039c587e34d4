"""How is a text written so that Markdown or HTML does not read it as its own?"""

from __future__ import annotations

import html

SPECIAL = "\\`*_[]<>#|"
SAFE_LINKS = ("https://", "http://", "mailto:")


def markdown_escaped(text: str) -> str:
    """A text whose characters mean nothing to Markdown."""
    text = " ".join(text.split())
    for char in SPECIAL:
        text = text.replace(char, "\\" + char)
    return text


def html_escaped(text: str) -> str:
    """A text whose characters mean nothing to HTML, in an attribute either."""
    return html.escape(text, quote=True)


def is_safe_link(url: str) -> bool:
    """Whether a link leads to a page or an address, and does nothing else."""
    return url.startswith(SAFE_LINKS)
