"""How are the answers in other places written as JSON?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from matcher.language.text import Text

if TYPE_CHECKING:
    from matcher.answers.elsewhere import Elsewhere, Offer, Place, SchemeElsewhere
    from matcher.answers.elsewhere_ground import Area

Write = Callable[[Text | None], Any]


def elsewhere_as_json(found: Elsewhere, write: Write) -> dict[str, Any]:
    """The answers in other places as plain data."""
    return {
        "fact": found.fact,
        "here": _places(found.here),
        "forgotten": list(found.forgotten),
        "reason": found.reason,
        "text": write(found.text),
        "schemes": [_scheme(scheme, write) for scheme in found.schemes],
    }


def _scheme(scheme: SchemeElsewhere, write: Write) -> dict[str, Any]:
    return {
        "scheme": scheme.scheme,
        "area": _area(scheme.area, write) if scheme.area else None,
        "offers": [_offer(offer, write) for offer in scheme.offers],
        "reason": scheme.reason,
        "holding": list(scheme.holding),
        "text": write(scheme.text),
    }


def _area(area: Area, write: Write) -> dict[str, Any]:
    named = zip(area.cells, area.names, strict=True)
    return {
        "by": area.near.column,
        "states": write(area.near.states),
        "shared": [{"code": cell, "name": name} for cell, name in named],
        "searched": len(area.codes),
    }


def _offer(offer: Offer, write: Write) -> dict[str, Any]:
    return {
        "outcome": str(offer.outcome),
        "to_clarify": list(offer.to_clarify),
        "places": _places(offer.places),
        "text": write(offer.text),
    }


def _places(places: Iterable[Place]) -> list[dict[str, str]]:
    return [{"code": place.code, "name": place.name} for place in places]
