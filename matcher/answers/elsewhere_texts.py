"""How is it said in which other places a scheme would not be refused, and why in none?"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.answers.elsewhere_ground import Area
from matcher.answers.formats import NBSP, listed
from matcher.answers.phrases import joined
from matcher.answers.views import Outcome
from matcher.language.text import Text

MOST_NAMED = 10
UNKNOWN_PLACE = Text(
    "La commune du projet n'est pas connue : indiquez-la pour chercher autour d'elle.",
    "The commune of the project is not known: give it, to look around it.",
)
BOUND = Text(
    "Une collectivité ne change pas de territoire : aucune autre commune n'est examinée.",
    "A local authority does not move: no other commune is looked at.",
)
NOT_DECLARED = Text(
    "Le vocabulaire de ces règles ne dit pas quels lieux sont voisins.",
    "The vocabulary of these rules does not say which places are near each other.",
)
NOT_PLACE = Text(
    "le lieu n'est pas en cause, ou pas lui seul : une autre commune n'y changerait rien",
    "the place is not the reason, or not the only one: another commune would change nothing",
)
_OUTCOMES = {
    Outcome.ELIGIBLE: Text("éligible", "eligible"),
    Outcome.UNDETERMINED: Text("à préciser", "to be clarified"),
}


def offer_text(
    area: Area, outcome: Outcome, names: Sequence[str], to_check: Sequence[Text]
) -> Text:
    """Places with one answer: `éligible dans 3 communes du même département (…) : A, B et C`."""
    whole = len(names) == len(area.codes)
    said = joined(
        "{outcome} dans {count} {of}",
        "{outcome} in {count} {of}",
        outcome=_OUTCOMES[outcome],
        count=_all(len(names)) if whole else _communes(len(names)),
        of=_of(area),
    )
    if not whole or len(names) == 1:
        said = joined("{said} : {them}", "{said}: {them}", said=said, them=_named(names))
    return _with_checks(said, to_check)


def same_text(outcome: Outcome, count: int, to_check: Sequence[Text]) -> Text:
    """The same places as were just named, with another answer perhaps."""
    form = Text("{outcome} dans les mêmes communes ({n})", "{outcome} in the same communes ({n})")
    number = Text(str(count), str(count))
    return _with_checks(joined(form.fr, form.en, outcome=_OUTCOMES[outcome], n=number), to_check)


def _with_checks(said: Text, to_check: Sequence[Text]) -> Text:
    """What is to be known of the places, besides the rest of the project."""
    if not to_check:
        return said
    form = Text("{said} ; à vérifier sur place : {f}", "{said}; to check there: {f}")
    return joined(form.fr, form.en, said=said, f=_quoted(to_check))


def none_near_text(areas: Sequence[Area]) -> Text:
    """That no place of some areas changes the answer."""
    if not areas:
        return Text("aucune commune voisine n'est connue", "no commune is known around it")
    return joined(
        "aucune commune {them} n'y changerait la réponse",
        "no commune {them} would change the answer",
        them=listed([_of(area) for area in areas], last_fr="ni", last_en="nor"),
    )


def not_known_text(labels: Sequence[Text]) -> Text:
    """That what holds a scheme is not known of other places."""
    form = Text(
        "ailleurs, la réponse dépendrait de ce qu'aucune table ne dit : {them}",
        "elsewhere, the answer would depend on what no table tells: {them}",
    )
    return joined(form.fr, form.en, them=_quoted(labels))


def _communes(count: int) -> Text:
    return Text(
        f"{count} commune{'s' if count > 1 else ''}", f"{count} commune{'s' if count > 1 else ''}"
    )


def _all(count: int) -> Text:
    if count == 1:
        return Text("la seule autre commune", "the only other commune")
    return Text(f"chacune des {count} autres communes", f"each of the {count} other communes")


def _of(area: Area) -> Text:
    """The area: `du même département (Maine-et-Loire)`."""
    names = ", ".join(area.names)
    return Text(f"{area.near.states.fr} ({names})", f"{area.near.states.en} ({names})")


def _named(names: Sequence[str]) -> Text:
    """The first places by name, and how many more there are."""
    shown, more = ", ".join(names[:MOST_NAMED]), len(names) - MOST_NAMED
    if more <= 0:
        return Text(shown, shown)
    return Text(f"{shown}… et {more} de plus", f"{shown}… and {more} more")


def _quoted(labels: Sequence[Text]) -> Text:
    quoted = [Text(f"«{NBSP}{label.fr}{NBSP}»", f"“{label.en}”") for label in labels]
    return listed(quoted, last_fr="et", last_en="and")
