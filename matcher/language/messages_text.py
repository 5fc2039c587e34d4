"""How are mistakes in a YAML text, the shape of a file or an expression told?"""

from __future__ import annotations

from matcher.language.wording import Wording, both

TEXT_MESSAGES: dict[str, dict[str, Wording]] = {
    # -------------------------------------------------------------------------------- the YAML text
    "Y01": both(
        "Le fichier ne peut pas être lu ({reason}).",
        "Indiquez le chemin d'un fichier lisible.",
        "The file cannot be read ({reason}).",
        "Give the path of a readable file.",
    ),
    "Y02": both(
        "Le fichier dépasse {limit}.",
        "Partagez-le en plusieurs fichiers, ou vérifiez que c'est le bon.",
        "The file is larger than {limit}.",
        "Split it into several files, or check that it is the right one.",
    ),
    "Y03": both(
        "Le fichier n'est pas en UTF-8 (octet {byte}) ; il semble venir de Windows.",
        "Enregistrez-le au format « UTF-8 » dans votre éditeur.",
        "The file is not UTF-8 (byte {byte}); it seems to come from Windows.",
        "Save it as “UTF-8” in your editor.",
    ),
    "Y04": both(
        "Le texte YAML ne peut pas être lu : {problem}.",
        "Vérifiez l'indentation, les guillemets et les deux-points près de cet endroit.",
        "The YAML text cannot be read: {problem}.",
        "Check the indentation, quotes and colons near this place.",
    ),
    "Y05": both(
        "Trop de niveaux imbriqués (plus de {limit}).",
        "Mettez le texte à plat.",
        "Too many nested levels (more than {limit}).",
        "Flatten the text.",
    ),
    "Y06": both(
        "Trop d'éléments dans un fichier (plus de {limit}).",
        "Partagez-le en plusieurs fichiers.",
        "Too many items in one file (more than {limit}).",
        "Split it into several files.",
    ),
    "Y07": both(
        "Les ancres, alias et clés de fusion (&, *, <<) ne sont pas admis.",
        "Écrivez la valeur à chaque endroit où elle sert.",
        "Anchors, aliases and merge keys (&, *, <<) are not allowed.",
        "Write the value wherever it is used.",
    ),
    "Y08": both(
        "Les étiquettes YAML ({tag}) ne sont pas admises.",
        "Retirez l'étiquette ; mettez le texte entre guillemets si besoin.",
        "YAML tags ({tag}) are not allowed.",
        "Remove the tag; quote the text if needed.",
    ),
    "Y09": both(
        "Le fichier contient plusieurs documents YAML.",
        "Gardez-en un par fichier : retirez la ligne « --- ».",
        "The file holds several YAML documents.",
        "Keep one a file: remove the “---” line.",
    ),
    "Y10": both(
        "Le fichier est vide.",
        "Écrivez-y au moins une clé, ou indiquez un autre fichier.",
        "The file is empty.",
        "Write at least one key in it, or give another file.",
    ),
    "Y11": both(
        "La clé « {key} » est écrite deux fois (déjà à la ligne {line}).",
        "Gardez-en une seule.",
        "The key “{key}” is written twice (already on line {line}).",
        "Keep only one.",
    ),
    "Y12": both(
        "Une clé doit être un simple texte.",
        "Mettez des guillemets autour du texte qui contient {{ ou [.",
        "A key must be plain text.",
        "Quote the text that holds {{ or [.",
    ),
    "Y13": both(
        "Texte ou nombre trop long (plus de {limit} caractères).",
        "Raccourcissez-le.",
        "Text or number too long (more than {limit} characters).",
        "Shorten it.",
    ),
    "Y14": both(
        "Cette clé n'a pas de valeur.",
        "Donnez une valeur ou retirez la clé ; entre accolades, guillemets autour des textes.",
        "This key has no value.",
        "Give a value or remove the key; inside braces, quote the texts.",
    ),
    "Y15": both(
        "« {text} » est ambigu en YAML (code, date, nombre ou oui/non ?).",
        'Mettez des guillemets ("{text}") si c\'est un code, une date ou un texte ; '
        "sinon écrivez true, false ou un nombre simple.",
        "“{text}” is ambiguous in YAML (code, date, number or yes/no?).",
        'Quote it ("{text}") if it is a code, a date or a text; '
        "else write true, false or a plain number.",
    ),
    # --------------------------------------------------------------------------------------- shapes
    "S01": both(
        "Il manque la clé « {key} ».",
        "Ajoutez-la ; voir docs/language.md.",
        "The key “{key}” is missing.",
        "Add it; see docs/language.md.",
    ),
    "S02": both(
        "La clé « {key} » n'est pas connue ici.",
        "Retirez-la, ou mettez entre guillemets le texte d'où elle vient.",
        "The key “{key}” is not known here.",
        "Remove it, or quote the text it comes from.",
    ),
    "S03": both(
        "« {key} » n'a pas la forme attendue ({wanted}).",
        "Écrivez une valeur de cette forme ; les textes, codes et dates entre guillemets.",
        "“{key}” does not have the expected form ({wanted}).",
        "Write a value of that form; quote texts, codes and dates.",
    ),
    "S04": both(
        "« {key} » ne suit pas la forme {pattern}.",
        "Minuscules sans accent ; traits d'union dans les identifiants, tirets bas dans les noms.",
        "“{key}” does not follow the form {pattern}.",
        "Lower case without accents; hyphens in identifiers, underscores in names.",
    ),
    "S05": both(
        "« {key} » est vide.",
        "Écrivez le texte, en français et en anglais.",
        "“{key}” is empty.",
        "Write the text, in French and in English.",
    ),
    "S06": both(
        "La valeur de « {key} » n'est pas admise.",
        "Choisissez parmi : {choices}.",
        "The value of “{key}” is not allowed.",
        "Choose among: {choices}.",
    ),
    "S07": both(
        "« {key} » n'est pas correct : {problem}.",
        "Corrigez selon docs/language.md.",
        "“{key}” is not right: {problem}.",
        "Correct it after docs/language.md.",
    ),
    # ---------------------------------------------------------------------------------- expressions
    "E01": both(
        "L'expression « {text} » ne peut pas être lue : {problem}.",
        "Voir les formes admises dans docs/language.md, § 2.",
        "The expression “{text}” cannot be read: {problem}.",
        "See the allowed forms in docs/language.md, § 2.",
    ),
    "E02": both(
        "L'expression est trop longue ou trop imbriquée ({limit} caractères, {depth} niveaux).",
        "Partagez-la en plusieurs critères ou en définitions.",
        "The expression is too long or too nested ({limit} characters, {depth} levels).",
        "Split it into several criteria or definitions.",
    ),
    "E03": both(
        "« {form} » ne fait pas partie du langage.",
        "Pas de division, d'appel ni d'indice : voir docs/language.md, § 2.",
        "“{form}” is not part of the language.",
        "No division, call or index: see docs/language.md, § 2.",
    ),
    "E04": both(
        "« {name} » n'est pas un nom connu.",
        "Les faits sont dans profiles/facts/ ; paramètres, ensembles et inconnues dans le fichier.",
        "“{name}” is not a known name.",
        "Facts are in profiles/facts/; parameters, sets and unknowns in the file.",
    ),
    "E05": both(
        "Types incompatibles : {got} là où il faut {wanted}.",
        "Comparez des valeurs de même type ; codes et dates entre guillemets.",
        "Types do not match: {got} where {wanted} is wanted.",
        "Compare values of one type; quote codes and dates.",
    ),
    "E06": both(
        "Unités incompatibles : {got} avec {wanted}.",
        "Comparez ou additionnez des quantités de même unité.",
        "Units do not match: {got} with {wanted}.",
        "Compare or add quantities of the same unit.",
    ),
    "E07": both(
        "« {value} » n'est pas une valeur possible ici.",
        "Voir `matcher facts` ou la table de référence pour les valeurs admises.",
        "“{value}” is not a possible value here.",
        "See `matcher facts` or the reference table for the allowed values.",
    ),
    "E08": both(
        "« {text} » n'est pas une condition (vrai ou faux).",
        "Écrivez une comparaison, une appartenance ou un fait booléen.",
        "“{text}” is not a test (true or false).",
        "Write a comparison, a membership or a boolean fact.",
    ),
    "E10": both(
        "« {fact} » ne déclare pas ce que « none » veut dire.",
        "Ajoutez `none:` au fait dans profiles/facts/, ou retirez ce test.",
        "“{fact}” does not declare what “none” means.",
        "Add `none:` to the fact in profiles/facts/, or remove this test.",
    ),
    "E11": both(
        "« {fact} » peut être « none » : la comparaison ne dit pas ce qu'il en est alors.",
        "Écrivez `{fact} is none or …` ou `{fact} is not none and …`.",
        "“{fact}” may be none: the comparison does not say what happens then.",
        "Write `{fact} is none or …` or `{fact} is not none and …`.",
    ),
    "E12": both(
        "« {text} » n'est pas une date possible.",
        "Écrivez une date AAAA-MM-JJ qui existe, entre guillemets.",
        "“{text}” is not a possible date.",
        "Write an existing date YYYY-MM-DD, quoted.",
    ),
    "E13": both(
        "« {name} » n'a pas les bons arguments.",
        "Exemple : {usage}.",
        "“{name}” does not have the right arguments.",
        "Example: {usage}.",
    ),
    "E14": both(
        "Nombre hors limites (au plus {limit}).",
        "Écrivez un nombre plus petit.",
        "Number out of bounds (at most {limit}).",
        "Write a smaller number.",
    ),
    "E15": both(
        "Deux faits ne se comparent pas entre eux par égalité (« {text} »).",
        "Comparez le fait à un texte entre guillemets ou à un ensemble.",
        "Two facts are not compared for equality (“{text}”).",
        "Compare the fact with a quoted text or a set.",
    ),
    "E16": both(
        "Un produit de {left} par {right} n'a pas d'unité.",
        "Multipliez un montant par un nombre pur.",
        "A product of {left} by {right} has no unit.",
        "Multiply an amount by a pure number.",
    ),
    "E17": both(
        "« {fact} » est lu deux fois dans une même comparaison.",
        "Regroupez les termes pour que le fait n'y soit qu'une fois.",
        "“{fact}” is read twice in one comparison.",
        "Gather the terms so that the fact stands there once.",
    ),
}
