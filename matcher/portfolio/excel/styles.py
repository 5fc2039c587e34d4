"""How do the cells of the workbook look? A colour never says something alone: the word does."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from matcher.answers.views import Outcome
from matcher.catalogue.windows import WindowState
from matcher.portfolio.standing import Standing

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]

INK, QUIET, LINE, HEAD = "#1E1E1E", "#5F6368", "#D0D0D0", "#1F3864"
FONT: Mapping[str, Any] = {"font_name": "Calibri", "font_size": 10, "font_color": INK}
FRAMED: Mapping[str, Any] = {"border": 1, "border_color": LINE, "valign": "top"}


class Look(StrEnum):
    """The looks of a cell."""

    TITLE = "title"
    NOTE = "note"
    PART = "part"
    HEADER = "header"
    TEXT = "text"
    BOLD = "bold"
    NUMBER = "number"
    EUROS = "euros"
    DATE = "date"
    COUNT = "count"
    DAY = "day"
    NOW = "now"
    LATER = "later"
    NEAR = "near"
    PAST = "past"
    NO = "no"


_OUTCOME: Mapping[str, Any] = {**FRAMED, "text_wrap": True}
_LOOKS: Mapping[Look, Mapping[str, Any]] = {
    Look.TITLE: {"font_size": 16, "bold": True, "font_color": HEAD},
    Look.NOTE: {"font_color": QUIET, "valign": "top"},
    Look.PART: {"font_size": 12, "bold": True, "font_color": HEAD},
    Look.HEADER: {
        **FRAMED,
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": HEAD,
        "text_wrap": True,
        "valign": "vcenter",
    },
    Look.TEXT: {**FRAMED, "text_wrap": True},
    Look.BOLD: {**FRAMED, "text_wrap": True, "bold": True, "bg_color": "#EEF2F8"},
    Look.NUMBER: {**FRAMED, "num_format": "#,##0", "align": "center"},
    Look.EUROS: {**FRAMED, "num_format": '#,##0\\ "€"', "align": "right"},
    Look.DATE: {**FRAMED, "num_format": "dd/mm/yyyy", "align": "center"},
    Look.COUNT: {**FRAMED, "num_format": "#,##0", "align": "left"},
    Look.DAY: {**FRAMED, "num_format": "dd/mm/yyyy", "align": "left"},
    Look.NOW: {**_OUTCOME, "bg_color": "#B7E1CD", "font_color": "#0B5133", "bold": True},
    Look.LATER: {**_OUTCOME, "bg_color": "#E3F3EA", "font_color": "#0B5133"},
    Look.NEAR: {**_OUTCOME, "bg_color": "#FFF0C2", "font_color": "#6B4700"},
    Look.PAST: {**_OUTCOME, "bg_color": "#EFEFEF", "font_color": QUIET},
    Look.NO: {**_OUTCOME, "bg_color": "#FBEAE8", "font_color": "#8A2A20"},
}


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook, lang: str) -> None:
        self._workbook = workbook
        self._lang = lang

    @cached_property
    def _formats(self) -> Mapping[Look, Format]:
        return {look: self._format(look) for look in Look}

    def __getitem__(self, look: Look) -> Format:
        return self._formats[look]

    def _format(self, look: Look) -> Format:
        wanted = {**FONT, **_LOOKS[look]}
        if self._lang == "en" and look in (Look.DATE, Look.DAY):
            wanted["num_format"] = "d mmm yyyy"
        if self._lang == "en" and look is Look.EUROS:
            wanted["num_format"] = '"€"#,##0'
        return self._workbook.add_format(wanted)


def look_of(standing: Standing) -> Look:
    """The colours of an outcome; what is over is grey, whatever the outcome."""
    if standing.outcome is Outcome.INELIGIBLE:
        return Look.NO
    if standing.window is WindowState.CLOSED:
        return Look.PAST
    if standing.outcome is Outcome.UNDETERMINED:
        return Look.NEAR
    return Look.NOW if standing.can_apply else Look.LATER
