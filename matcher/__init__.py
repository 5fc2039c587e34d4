"""Which French industrial support schemes can a company or a territory apply to, and why?"""

from matcher.answers.decisions import Decision
from matcher.answers.report import Report
from matcher.answers.views import Outcome, Status
from matcher.api import Catalogue
from matcher.catalogue.windows import WindowState
from matcher.facts.profile import Profile
from matcher.language.diagnostics import MatcherError, ProfileError, RuleError

__all__ = [
    "Catalogue",
    "Decision",
    "MatcherError",
    "Outcome",
    "Profile",
    "ProfileError",
    "Report",
    "RuleError",
    "Status",
    "WindowState",
]
