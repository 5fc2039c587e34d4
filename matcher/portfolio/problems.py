"""How is it told that a cell or a row could not be read, without saying what it holds?"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.facts.profile import Notice
from matcher.facts.read_value import WANTED
from matcher.facts.typed_forms import APPROXIMATE, BACKWARDS, Unread
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.diagnostics import Diagnostic
from matcher.language.text import Text
from matcher.language.types import Kind

# ------------------------------------------------------------------------------------------- cells
TOO_LONG = Text("texte de plus de 500 caractères", "text of more than 500 characters")
FORMULA = Text("erreur de calcul du tableur", "calculation error of the spreadsheet")
SCIENTIFIC = Text(
    "notation scientifique : le tableur a perdu des chiffres, mettez la colonne au format texte",
    "scientific notation: the spreadsheet lost digits, set the column to text",
)
AMBIGUOUS_NUMBER = Text(
    "la virgule ou le point sépare-t-il des milliers ou des décimales ? Précisez `numbers: fr` ou "
    "`numbers: en` pour cette colonne",
    "does the comma or point separate thousands or decimals? Set `numbers: fr` or `numbers: en` "
    "for this column",
)
NO_UNIT = Text(
    "nombre sans unité, quand d'autres cellules sont en k€ ou en M€ : écrivez l'unité",
    "number without a unit, where other cells are in k€ or M€: write the unit",
)
PLUS = Text(
    "« + » devant un nombre : écrivez « plus de » ou le nombre seul",
    "“+” before a number: write “more than” or the number alone",
)
ROUNDED = Text(
    "SIRET arrondi par le tableur (il finit par 00000) : mettez la colonne au format texte",
    "SIRET rounded by the spreadsheet (it ends with 00000): set the column to text",
)
SEVERAL_NUMBERS = Text(
    "plusieurs numéros dans la cellule : faites une ligne par établissement",
    "several numbers in the cell: make one row for each establishment",
)
SHORT_YEAR = Text("année sur deux chiffres", "year with two digits")
SEVERAL_PLACES = Text(
    "ce nom désigne plusieurs lieux : ajoutez un code postal, un département ou le code",
    "this name means several places: add a postcode, a département or the code",
)
APPROXIMATION = Text("valeur approximative", "approximate value")
UPSIDE_DOWN = Text("le minimum dépasse le maximum", "the minimum exceeds the maximum")
NOT_WANTED = Text("ce n'est pas {wanted}", "this is not {wanted}")
OUT_OF_BOUNDS = Text("hors des bornes ({low} à {high})", "out of bounds ({low} to {high})")
NO_CHOICE = Text("ce n'est aucun des choix possibles", "this is none of the possible choices")
NO_CODE = Text("code absent de la table « {table} »", "code not in the table “{table}”")
NO_NONE = Text("« aucun » n'a pas de sens ici", "“none” makes no sense here")
BAD_IDENTIFIER = Text("ce n'est pas un {check} valide ({reason})", "not a valid {check} ({reason})")

# ----------------------------------------------------------------------------------------- changes
ZERO = Text("zéro de tête rétabli", "leading zero restored")
RENAMED = Text("nom ou ancien code remplacé par le code", "name or former code replaced by code")
AMONG_WORDS = Text("numéro trouvé au milieu d'un texte", "number found among words")
SERIAL = Text("numéro de jour d'Excel lu comme une date", "Excel day number read as a date")

# -------------------------------------------------------------------------------------------- rows
TOO_MANY_CELLS = Text("plus de cellules que d'en-têtes", "more cells than headers")
UNDECODABLE = Text("caractères illisibles (encodage)", "unreadable characters (encoding)")
OPEN_QUOTE = Text("guillemet ouvert et jamais fermé", "quote opened and never closed")
NOT_AN_OBJECT = Text("ce n'est pas un objet JSON", "this is not a JSON object")
BYTES, CELLS = Text("octets", "bytes"), Text("cellules", "cells")
IDENTIFIER = Text("identifiant", "identifier")
CONTRADICTION = Text(
    "le SIRET et le SIREN se contredisent", "SIRET and SIREN contradict each other"
)

_WANTED = {
    Kind.BOOLEAN: Text("oui ou non", "yes or no"),
    Kind.DATE: Text("une date lisible, comme 12/03/2026", "a readable date, such as 12/03/2026"),
    Kind.CODE: Text("un code", "a code"),
}


def refused(diagnostic: Diagnostic, fact: FactDeclaration) -> Text:
    """Why the reader of profiles refuses a value, without the value."""
    parts = {k: v if isinstance(v, Text) else Text(v, v) for k, v in diagnostic.parts}
    match diagnostic.code:
        case "P03":
            return OUT_OF_BOUNDS.filled(parts)
        case "P04":
            return UPSIDE_DOWN
        case "P05":
            return NO_CHOICE
        case "P06":
            return NO_CODE.filled(parts)
        case "P07":
            return BAD_IDENTIFIER.filled({**parts, "check": _upper(parts["check"])})
        case "P08":
            return NO_NONE
        case "P11":
            return SEVERAL_PLACES
        case _:
            return _not_wanted(fact)


def _not_wanted(fact: FactDeclaration) -> Text:
    return NOT_WANTED.filled({"wanted": _WANTED.get(fact.kind, WANTED[fact.kind])})


def _upper(text: Text) -> Text:
    return Text(text.fr.upper(), text.en.upper())


def unread(typed: Unread, fact: FactDeclaration) -> Text:
    """Why the reader of human writing does not understand a text."""
    if typed.text == APPROXIMATE:
        return APPROXIMATION
    if typed.text == BACKWARDS:
        return UPSIDE_DOWN
    return _not_wanted(fact)


def changed(notices: Sequence[Notice]) -> Text | None:
    """What was corrected, without the value; None where nothing was."""
    if not notices:
        return None
    text = notices[0].text
    return RENAMED if text.fr.startswith("« ") and " lu comme " in text.fr else text


def line_of(size: int, unit: Text) -> Text:
    """A whole line, as a kind of value."""
    return Text(f"ligne de {size} {unit.fr}", f"line of {size} {unit.en}")
