"""How is each mistake told, in French and in English, and what fix is proposed?

Codes: Y the YAML text, S the shape of a file, E an expression, V the vocabulary, T a reference
table, C a scheme or another rule file, P a profile, K a case, W a warning.
"""

from __future__ import annotations

from typing import NamedTuple


class Wording(NamedTuple):
    """What is wrong, and what to write instead."""

    what: str
    fix: str


def _both(fr: str, fr_fix: str, en: str, en_fix: str) -> dict[str, Wording]:
    return {"fr": Wording(fr, fr_fix), "en": Wording(en, en_fix)}


MESSAGES: dict[str, dict[str, Wording]] = {
    # ------------------------------------------------------------------------------ the YAML text
    "Y01": _both(
        "Le fichier ne peut pas être lu ({reason}).",
        "Indiquez le chemin d'un fichier lisible.",
        "The file cannot be read ({reason}).",
        "Give the path of a readable file.",
    ),
    "Y02": _both(
        "Le fichier dépasse {limit}.",
        "Partagez-le en plusieurs fichiers, ou vérifiez que c'est le bon.",
        "The file is larger than {limit}.",
        "Split it into several files, or check that it is the right one.",
    ),
    "Y03": _both(
        "Le fichier n'est pas en UTF-8 (octet {byte}) ; il semble venir de Windows.",
        "Enregistrez-le au format « UTF-8 » dans votre éditeur.",
        "The file is not UTF-8 (byte {byte}); it seems to come from Windows.",
        "Save it as “UTF-8” in your editor.",
    ),
    "Y04": _both(
        "Le texte YAML ne peut pas être lu : {problem}.",
        "Vérifiez l'indentation, les guillemets et les deux-points près de cet endroit.",
        "The YAML text cannot be read: {problem}.",
        "Check the indentation, quotes and colons near this place.",
    ),
    "Y05": _both(
        "Trop de niveaux imbriqués (plus de {limit}).",
        "Mettez le texte à plat.",
        "Too many nested levels (more than {limit}).",
        "Flatten the text.",
    ),
    "Y06": _both(
        "Trop d'éléments dans un fichier (plus de {limit}).",
        "Partagez-le en plusieurs fichiers.",
        "Too many items in one file (more than {limit}).",
        "Split it into several files.",
    ),
    "Y07": _both(
        "Les ancres, alias et clés de fusion (&, *, <<) ne sont pas admis.",
        "Écrivez la valeur à chaque endroit où elle sert.",
        "Anchors, aliases and merge keys (&, *, <<) are not allowed.",
        "Write the value wherever it is used.",
    ),
    "Y08": _both(
        "Les étiquettes YAML ({tag}) ne sont pas admises.",
        "Retirez l'étiquette ; mettez le texte entre guillemets si besoin.",
        "YAML tags ({tag}) are not allowed.",
        "Remove the tag; quote the text if needed.",
    ),
    "Y09": _both(
        "Le fichier contient plusieurs documents YAML.",
        "Gardez-en un par fichier : retirez la ligne « --- ».",
        "The file holds several YAML documents.",
        "Keep one a file: remove the “---” line.",
    ),
    "Y10": _both(
        "Le fichier est vide.",
        "Écrivez-y au moins une clé, ou indiquez un autre fichier.",
        "The file is empty.",
        "Write at least one key in it, or give another file.",
    ),
    "Y11": _both(
        "La clé « {key} » est écrite deux fois (déjà à la ligne {line}).",
        "Gardez-en une seule.",
        "The key “{key}” is written twice (already on line {line}).",
        "Keep only one.",
    ),
    "Y12": _both(
        "Une clé doit être un simple texte.",
        "Mettez des guillemets autour du texte qui contient {{ ou [.",
        "A key must be plain text.",
        "Quote the text that holds {{ or [.",
    ),
    "Y13": _both(
        "Texte ou nombre trop long (plus de {limit} caractères).",
        "Raccourcissez-le.",
        "Text or number too long (more than {limit} characters).",
        "Shorten it.",
    ),
    "Y14": _both(
        "Cette clé n'a pas de valeur.",
        "Donnez une valeur, ou retirez la clé ; entre accolades, mettez les textes entre guillemets.",
        "This key has no value.",
        "Give a value or remove the key; inside braces, quote the texts.",
    ),
    "Y15": _both(
        "« {text} » est ambigu en YAML (code, date, nombre ou oui/non ?).",
        'Mettez des guillemets ("{text}") si c\'est un code, une date ou un texte ; '
        "sinon écrivez true, false ou un nombre simple.",
        "“{text}” is ambiguous in YAML (code, date, number or yes/no?).",
        'Quote it ("{text}") if it is a code, a date or a text; '
        "else write true, false or a plain number.",
    ),
    # -------------------------------------------------------------------------------------- shapes
    "S01": _both(
        "Il manque la clé « {key} ».",
        "Ajoutez-la ; voir docs/language.md.",
        "The key “{key}” is missing.",
        "Add it; see docs/language.md.",
    ),
    "S02": _both(
        "La clé « {key} » n'est pas connue ici.",
        "Retirez-la, ou mettez entre guillemets le texte d'où elle vient.",
        "The key “{key}” is not known here.",
        "Remove it, or quote the text it comes from.",
    ),
    "S03": _both(
        "« {key} » n'a pas la forme attendue ({wanted}).",
        "Écrivez une valeur de cette forme ; les textes, codes et dates entre guillemets.",
        "“{key}” does not have the expected form ({wanted}).",
        "Write a value of that form; quote texts, codes and dates.",
    ),
    "S04": _both(
        "« {key} » ne suit pas la forme {pattern}.",
        "Minuscules sans accent ; traits d'union dans les identifiants, tirets bas dans les noms.",
        "“{key}” does not follow the form {pattern}.",
        "Lower case without accents; hyphens in identifiers, underscores in names.",
    ),
    "S05": _both(
        "« {key} » est vide.",
        "Écrivez le texte, en français et en anglais.",
        "“{key}” is empty.",
        "Write the text, in French and in English.",
    ),
    "S06": _both(
        "La valeur de « {key} » n'est pas admise.",
        "Choisissez parmi : {choices}.",
        "The value of “{key}” is not allowed.",
        "Choose among: {choices}.",
    ),
    "S07": _both(
        "« {key} » n'est pas correct : {problem}.",
        "Corrigez selon docs/language.md.",
        "“{key}” is not right: {problem}.",
        "Correct it after docs/language.md.",
    ),
    # --------------------------------------------------------------------------------- expressions
    "E01": _both(
        "L'expression « {text} » ne peut pas être lue : {problem}.",
        "Voir les formes admises dans docs/language.md, § 2.",
        "The expression “{text}” cannot be read: {problem}.",
        "See the allowed forms in docs/language.md, § 2.",
    ),
    "E02": _both(
        "L'expression est trop longue ou trop imbriquée ({limit} caractères, {depth} niveaux).",
        "Partagez-la en plusieurs critères ou en définitions.",
        "The expression is too long or too nested ({limit} characters, {depth} levels).",
        "Split it into several criteria or definitions.",
    ),
    "E03": _both(
        "« {form} » ne fait pas partie du langage.",
        "Pas de division, d'appel ni d'indice : voir docs/language.md, § 2.",
        "“{form}” is not part of the language.",
        "No division, call or index: see docs/language.md, § 2.",
    ),
    "E04": _both(
        "« {name} » n'est pas un nom connu.",
        "Les faits sont dans profiles/facts/ ; paramètres, ensembles et inconnues dans le fichier.",
        "“{name}” is not a known name.",
        "Facts are in profiles/facts/; parameters, sets and unknowns in the file.",
    ),
    "E05": _both(
        "Types incompatibles : {got} là où il faut {wanted}.",
        "Comparez des valeurs de même type ; codes et dates entre guillemets.",
        "Types do not match: {got} where {wanted} is wanted.",
        "Compare values of one type; quote codes and dates.",
    ),
    "E06": _both(
        "Unités incompatibles : {got} avec {wanted}.",
        "Comparez ou additionnez des quantités de même unité.",
        "Units do not match: {got} with {wanted}.",
        "Compare or add quantities of the same unit.",
    ),
    "E07": _both(
        "« {value} » n'est pas une valeur possible ici.",
        "Voir `matcher facts` ou la table de référence pour les valeurs admises.",
        "“{value}” is not a possible value here.",
        "See `matcher facts` or the reference table for the allowed values.",
    ),
    "E08": _both(
        "« {text} » n'est pas une condition (vrai ou faux).",
        "Écrivez une comparaison, une appartenance ou un fait booléen.",
        "“{text}” is not a test (true or false).",
        "Write a comparison, a membership or a boolean fact.",
    ),
    "E10": _both(
        "« {fact} » ne déclare pas ce que « none » veut dire.",
        "Ajoutez `none:` au fait dans profiles/facts/, ou retirez ce test.",
        "“{fact}” does not declare what “none” means.",
        "Add `none:` to the fact in profiles/facts/, or remove this test.",
    ),
    "E11": _both(
        "« {fact} » peut être « none » : la comparaison ne dit pas ce qu'il en est alors.",
        "Écrivez `{fact} is none or …` ou `{fact} is not none and …`.",
        "“{fact}” may be none: the comparison does not say what happens then.",
        "Write `{fact} is none or …` or `{fact} is not none and …`.",
    ),
    "E12": _both(
        "« {text} » n'est pas une date possible.",
        "Écrivez une date AAAA-MM-JJ qui existe, entre guillemets.",
        "“{text}” is not a possible date.",
        "Write an existing date YYYY-MM-DD, quoted.",
    ),
    "E13": _both(
        "« {name} » n'a pas les bons arguments.",
        "Exemple : {usage}.",
        "“{name}” does not have the right arguments.",
        "Example: {usage}.",
    ),
    "E14": _both(
        "Nombre hors limites (au plus {limit}).",
        "Écrivez un nombre plus petit.",
        "Number out of bounds (at most {limit}).",
        "Write a smaller number.",
    ),
    "E15": _both(
        "Deux faits ne se comparent pas entre eux par égalité (« {text} »).",
        "Comparez le fait à un texte entre guillemets ou à un ensemble.",
        "Two facts are not compared for equality (“{text}”).",
        "Compare the fact with a quoted text or a set.",
    ),
    "E16": _both(
        "Un produit de {left} par {right} n'a pas d'unité.",
        "Multipliez un montant par un nombre pur.",
        "A product of {left} by {right} has no unit.",
        "Multiply an amount by a pure number.",
    ),
    "E17": _both(
        "« {fact} » est lu deux fois dans une même comparaison.",
        "Regroupez les termes pour que le fait n'y soit qu'une fois.",
        "“{fact}” is read twice in one comparison.",
        "Gather the terms so that the fact stands there once.",
    ),
    # ---------------------------------------------------------------------- vocabulary and tables
    "V01": _both(
        "Le fait « {key} » est déclaré deux fois.",
        "Gardez une seule déclaration.",
        "The fact “{key}” is declared twice.",
        "Keep one declaration.",
    ),
    "V02": _both(
        "Les bornes de « {key} » ne conviennent pas à son type, ou min dépasse max.",
        "Nombres (ou dates entre guillemets), min ≤ max, au plus 10^15.",
        "The bounds of “{key}” do not suit its type, or min exceeds max.",
        "Numbers (or quoted dates), min ≤ max, at most 10^15.",
    ),
    "V03": _both(
        "« {key} » : `choices` va avec les types choice et set, et eux seuls.",
        "Ajoutez ou retirez `choices`.",
        "“{key}”: `choices` goes with the types choice and set, and only them.",
        "Add or remove `choices`.",
    ),
    "V04": _both(
        "« {key} » : le choix « {choice} » est un mot réservé.",
        "Nommez-le autrement (« hors_zone », « autre »…).",
        "“{key}”: the choice “{choice}” is a reserved word.",
        "Give it another name (“outside”, “other”…).",
    ),
    "V05": _both(
        "« {key} » : `codes` et `check` ne vont qu'avec le type code.",
        "Changez le type, ou retirez ces clés.",
        "“{key}”: `codes` and `check` go only with the type code.",
        "Change the type, or remove these keys.",
    ),
    "T01": _both(
        "La table « {table} » n'a pas de fichier CSV à côté de sa description.",
        "Ajoutez {table}.csv dans le même dossier.",
        "The table “{table}” has no CSV file beside its description.",
        "Add {table}.csv in the same folder.",
    ),
    # ------------------------------------------------------------------------------------ rule files
    "C01": _both(
        "La source « {name} » n'est pas déclarée dans ce fichier.",
        "Ajoutez-la sous `sources:`.",
        "The source “{name}” is not declared in this file.",
        "Add it under `sources:`.",
    ),
    "C02": _both(
        "L'édition « {name} » n'existe pas dans ce dispositif.",
        "Reprenez un identifiant de `editions:`, entre guillemets.",
        "The edition “{name}” does not exist in this scheme.",
        "Use an id of `editions:`, quoted.",
    ),
    "C03": _both(
        "L'autorité « {name} » n'est pas déclarée.",
        "Ajoutez-la dans rules/sets/authorities.yaml.",
        "The authority “{name}” is not declared.",
        "Add it to rules/sets/authorities.yaml.",
    ),
    "C04": _both(
        "« {{{name}}} » n'est inséré que dans une des deux langues.",
        "Insérez les mêmes noms en français et en anglais.",
        "“{{{name}}}” is inserted in only one of the two languages.",
        "Insert the same names in French and in English.",
    ),
    "C05": _both(
        "« {{{name}}} » n'est pas un paramètre de ce fichier.",
        "Déclarez-le sous `parameters:`.",
        "“{{{name}}}” is not a parameter of this file.",
        "Declare it under `parameters:`.",
    ),
    "C06": _both(
        "La table « {name} » n'existe pas.",
        "Voir rules/reference/.",
        "The table “{name}” does not exist.",
        "See rules/reference/.",
    ),
    "C07": _both(
        "La table n'a pas de colonne « {name} ».",
        "Voir les colonnes dans la description de la table.",
        "The table has no column “{name}”.",
        "See the columns in the description of the table.",
    ),
    "C08": _both(
        "La table « {table} » n'est pas complète : une absence n'y veut rien dire.",
        "Retirez `absent:`.",
        "The table “{table}” is not complete: absence means nothing there.",
        "Remove `absent:`.",
    ),
    "C09": _both(
        "Une ligne après `otherwise` ne sert jamais.",
        "Mettez `otherwise` en dernier, une seule fois.",
        "A line after `otherwise` is never used.",
        "Put `otherwise` last, once.",
    ),
    "C10": _both(
        "L'édition « {edition} » ferme avant d'ouvrir.",
        "Vérifiez `opens` et `closes`.",
        "The edition “{edition}” closes before it opens.",
        "Check `opens` and `closes`.",
    ),
    "C11": _both(
        "`known` ne va pas avec `by`.",
        "Avec `by`, une liste de dates par valeur ; sans `by`, une simple liste.",
        "`known` does not go with `by`.",
        "With `by`, a list of dates for each value; without, a plain list.",
    ),
    "C12": _both(
        "« {name} » est utilisé deux fois comme identifiant.",
        "Donnez un identifiant propre à chacun.",
        "“{name}” is used twice as an id.",
        "Give each its own id.",
    ),
    "C13": _both(
        "Les éditions « {edition} » et « {other} » sont ouvertes en même temps, dates certaines.",
        "Corrigez les dates, ou limitez l'une par `when:`.",
        "The editions “{edition}” and “{other}” are open at the same time, with certain dates.",
        "Correct the dates, or limit one with `when:`.",
    ),
    "C14": _both(
        "`at_least` demande plus de conditions que le groupe n'en a.",
        "Réduisez le nombre, ou ajoutez des conditions.",
        "`at_least` asks for more conditions than the group has.",
        "Lower the number, or add conditions.",
    ),
    "C15": _both(
        "« {name} » se calcule à partir de lui-même.",
        "Rompez le cycle ; dans `also:`, la clé est lue telle qu'elle est donnée.",
        "“{name}” is computed from itself.",
        "Break the cycle; in `also:`, the key is read as given.",
    ),
    "C16": _both(
        "L'édition « {name} » n'a aucun critère.",
        "Ajoutez au moins un critère, ou une inconnue si rien n'est publié.",
        "The edition “{name}” has no criterion.",
        "Add at least one, or an unknown if nothing is published.",
    ),
    "C17": _both(
        "`overlaps_with` nomme « {name} », qui n'est pas un critère de ce dispositif.",
        "Reprenez l'identifiant d'un critère.",
        "`overlaps_with` names “{name}”, which is no criterion of this scheme.",
        "Use the id of a criterion.",
    ),
    "C18": _both(
        "Le fait « {name} » est calculé deux fois.",
        "Gardez une seule dérivation, avec `also:` si besoin.",
        "The fact “{name}” is derived twice.",
        "Keep one derivation, with `also:` if needed.",
    ),
    "C19": _both(
        "L'identifiant « {name} » est déjà celui de {other}.",
        "Donnez un identifiant propre à chaque dispositif.",
        "The id “{name}” is already that of {other}.",
        "Give each scheme its own id.",
    ),
    "C20": _both(
        "Le dispositif « {name} » n'existe pas dans ce catalogue.",
        "Reprenez l'identifiant d'un dispositif.",
        "The scheme “{name}” does not exist in this catalogue.",
        "Use the id of a scheme.",
    ),
    "C21": _both(
        "Aucun fichier de règles (.yaml) à cet endroit.",
        "Indiquez un fichier de dispositif, ou un dossier qui en contient.",
        "No rule file (.yaml) at this place.",
        "Give a scheme file, or a folder that holds some.",
    ),
    # ---------------------------------------------------------------------------------------- cases
    "K01": _both(
        "Le cas « {case} » attend « {name} », qui n'existe pas dans ce dispositif.",
        "Reprenez l'identifiant d'un critère, d'une inconnue ou d'une aide.",
        "The case “{case}” expects “{name}”, which does not exist in this scheme.",
        "Use the id of a criterion, an unknown or an aid component.",
    ),
    "K02": _both(
        "Le profil du cas « {case} » ne peut pas être lu : {problem}",
        "Corrigez `given:` ou `authority:`.",
        "The profile of the case “{case}” cannot be read: {problem}",
        "Correct `given:` or `authority:`.",
    ),
    # -------------------------------------------------------------------------------------- profiles
    "P01": _both(
        "Le fait « {key} » n'existe pas.",
        "Voir la liste avec `matcher facts`.",
        "The fact “{key}” does not exist.",
        "See the list with `matcher facts`.",
    ),
    "P02": _both(
        "« {key} » : « {value} » n'est pas {wanted}.",
        "Écrivez {wanted} ; `matcher facts {key}` donne un exemple.",
        "“{key}”: “{value}” is not {wanted}.",
        "Write {wanted}; `matcher facts {key}` gives an example.",
    ),
    "P03": _both(
        "« {key} » : {value} est hors des bornes ({low} à {high}).",
        "Vérifiez la valeur et son unité.",
        "“{key}”: {value} is out of bounds ({low} to {high}).",
        "Check the value and its unit.",
    ),
    "P04": _both(
        "« {key} » : le minimum ({low}) dépasse le maximum ({high}).",
        "Échangez les deux valeurs, ou corrigez-les.",
        "“{key}”: the minimum ({low}) exceeds the maximum ({high}).",
        "Swap the two values, or correct them.",
    ),
    "P05": _both(
        "« {key} » : « {value} » n'est pas un choix possible.",
        "Choix admis : {choices}.",
        "“{key}”: “{value}” is not a possible choice.",
        "Allowed choices: {choices}.",
    ),
    "P06": _both(
        "« {key} » : le code « {value} » n'existe pas dans la table « {table} » ({vintage}).",
        "Vérifiez le code ; une commune se donne par son code Insee (5 caractères), "
        "hors collectivités d'outre-mer, qui ne sont pas couvertes.",
        "“{key}”: the code “{value}” does not exist in the table “{table}” ({vintage}).",
        "Check the code; a commune is given by its INSEE code (5 characters); "
        "overseas collectivities are not covered.",
    ),
    "P07": _both(
        "« {key} » : « {value} » n'est pas un {check} valide ({reason}).",
        "Recopiez-le depuis l'extrait Kbis ou l'avis de situation Sirene.",
        "“{key}”: “{value}” is not a valid {check} ({reason}).",
        "Copy it from the company register extract or the Sirene statement.",
    ),
    "P08": _both(
        "« {key} » ne peut pas être « none ».",
        "Laissez le fait de côté s'il n'est pas connu.",
        "“{key}” cannot be “none”.",
        "Leave the fact out if it is not known.",
    ),
    "P09": _both(
        "« {key} » est calculé, il ne se donne pas.",
        "Donnez plutôt : {inputs}.",
        "“{key}” is computed; it is not given.",
        "Give instead: {inputs}.",
    ),
    "P10": _both(
        "« {key} » ({value}) contredit {others}.",
        "Corrigez l'un des deux.",
        "“{key}” ({value}) contradicts {others}.",
        "Correct one of them.",
    ),
    "P11": _both(
        "« {key} » : « {value} » désigne plusieurs lieux ({candidates}).",
        "Donnez le code.",
        "“{key}”: “{value}” names several places ({candidates}).",
        "Give the code.",
    ),
    "P12": _both(
        "Un profil est une suite de faits (clé : valeur), pas {got}.",
        "Exemple : `applicant: {{kind: entreprise_privee, headcount: 85}}`.",
        "A profile is a mapping of facts (key: value), not {got}.",
        "Example: `applicant: {{kind: entreprise_privee, headcount: 85}}`.",
    ),
    "P13": _both(
        "La réponse d'une autorité nomme « {name} », que personne ne demande.",
        "Reprenez l'identifiant « dispositif/inconnue » donné par `matcher match`.",
        "An authority's answer names “{name}”, which nobody asks.",
        "Use the id “scheme/unknown” that `matcher match` gives.",
    ),
    "P14": _both(
        "« {key} » est donné deux fois, avec et sans point.",
        "Gardez une seule écriture.",
        "“{key}” is given twice, nested and dotted.",
        "Keep one of them.",
    ),
    "P15": _both(
        "Le dispositif « {name} » n'existe pas.",
        "Voir la liste avec `matcher schemes`.",
        "The scheme “{name}” does not exist.",
        "See the list with `matcher schemes`.",
    ),
    "P16": _both(
        "La réponse d'une autorité à « {name} » n'est pas complète : {problem}.",
        "Écrivez : {{unknown: \"dispositif/inconnue\", value: …, on: \"AAAA-MM-JJ\"}}.",
        "The authority's answer to “{name}” is not complete: {problem}.",
        "Write: {{unknown: \"scheme/unknown\", value: …, on: \"YYYY-MM-DD\"}}.",
    ),
}
