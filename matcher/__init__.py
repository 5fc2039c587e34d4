"""Which French industrial support schemes can a company or a territory apply to, and why?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.answers.decisions import Decision
from matcher.answers.report import Report
from matcher.answers.views import Outcome, Status
from matcher.api import Catalogue
from matcher.catalogue.windows import WindowState
from matcher.facts.profile import Profile
from matcher.language.diagnostics import MatcherError, ProfileError, RuleError

if TYPE_CHECKING:
    from matcher.session import Session

__all__ = [
    "Catalogue",
    "Decision",
    "MatcherError",
    "Outcome",
    "Profile",
    "ProfileError",
    "Report",
    "RuleError",
    "Session",
    "Status",
    "WindowState",
]


def __getattr__(name: str) -> Any:
    """`Session` is imported when it is first used: a single question does not pay for it."""
    if name == "Session":
        from matcher.session import Session

        return Session
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
