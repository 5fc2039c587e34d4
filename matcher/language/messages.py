"""How is each mistake told, in French and in English, and what fix is proposed?

Codes: Y the YAML text, S the shape of a file, E an expression, V the vocabulary, T a reference
table, C a scheme or another rule file, K a case, P a profile, W a warning.
"""

from __future__ import annotations

from matcher.language.messages_lints import LINT_MESSAGES
from matcher.language.messages_profiles import PROFILE_MESSAGES
from matcher.language.messages_rules import RULE_MESSAGES
from matcher.language.messages_text import TEXT_MESSAGES
from matcher.language.wording import Wording

MESSAGES: dict[str, dict[str, Wording]] = {
    **TEXT_MESSAGES,
    **RULE_MESSAGES,
    **PROFILE_MESSAGES,
    **LINT_MESSAGES,
}
