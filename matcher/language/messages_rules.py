"""How are mistakes in the vocabulary, the tables, the rules and their cases told?"""

from __future__ import annotations

from matcher.language.wording import Wording, both

RULE_MESSAGES: dict[str, dict[str, Wording]] = {
    # ------------------------------------------------------------------------ vocabulary and tables
    "V01": both(
        "Le fait « {key} » est déclaré deux fois.",
        "Gardez une seule déclaration.",
        "The fact “{key}” is declared twice.",
        "Keep one declaration.",
    ),
    "V02": both(
        "Les bornes de « {key} » ne conviennent pas à son type, ou min dépasse max.",
        "Nombres (ou dates entre guillemets), min ≤ max, au plus 10^15.",
        "The bounds of “{key}” do not suit its type, or min exceeds max.",
        "Numbers (or quoted dates), min ≤ max, at most 10^15.",
    ),
    "V03": both(
        "« {key} » : `choices` va avec les types choice et set, et eux seuls.",
        "Ajoutez ou retirez `choices`.",
        "“{key}”: `choices` goes with the types choice and set, and only them.",
        "Add or remove `choices`.",
    ),
    "V04": both(
        "« {key} » : le choix « {choice} » est un mot réservé.",
        "Nommez-le autrement (« hors_zone », « autre »…).",
        "“{key}”: the choice “{choice}” is a reserved word.",
        "Give it another name (“outside”, “other”…).",
    ),
    "V05": both(
        "« {key} » : `codes` et `check` ne vont qu'avec le type code.",
        "Changez le type, ou retirez ces clés.",
        "“{key}”: `codes` and `check` go only with the type code.",
        "Change the type, or remove these keys.",
    ),
    "V06": both(
        "« {key} » : la table de référence « {table} » n'existe pas.",
        "Voir rules/reference/, ou retirez `codes:`.",
        "“{key}”: there is no reference table “{table}”.",
        "See rules/reference/, or remove `codes:`.",
    ),
    "V07": both(
        "« {key} » : `elsewhere` va avec `codes`, et avec un seul fait.",
        "Gardez-le sur le lieu du projet, dont `codes` nomme la table.",
        "“{key}”: `elsewhere` goes with `codes`, and with one fact only.",
        "Keep it on the place of the project, whose table `codes` names.",
    ),
    "V08": both(
        "« {name} » : un rôle n'est déclaré qu'une fois, et va avec un fait du bon type.",
        "Un seul `roles:` ; `audience` est un choix, `public` un oui ou non.",
        "“{name}”: a role is declared once, and goes with a fact of the right type.",
        "One `roles:` only; `audience` is a choice, `public` a boolean.",
    ),
    "T01": both(
        "La table « {table} » n'a pas de fichier CSV à côté de sa description.",
        "Ajoutez {table}.csv dans le même dossier.",
        "The table “{table}” has no CSV file beside its description.",
        "Add {table}.csv in the same folder.",
    ),
    "T02": both(
        "Table « {table} » : {problem}.",
        "Corrigez la ligne, ou refaites la table avec `matcher rules tables`.",
        "Table “{table}”: {problem}.",
        "Correct the row, or rebuild the table with `matcher rules tables`.",
    ),
    "T03": both(
        "La table « {table} » est décrite deux fois.",
        "Gardez une seule description.",
        "The table “{table}” is described twice.",
        "Keep one description.",
    ),
    # ----------------------------------------------------------------------------------- rule files
    "C01": both(
        "La source « {name} » n'est pas déclarée dans ce fichier.",
        "Ajoutez-la sous `sources:`.",
        "The source “{name}” is not declared in this file.",
        "Add it under `sources:`.",
    ),
    "C02": both(
        "L'édition « {name} » n'existe pas dans ce dispositif.",
        "Reprenez un identifiant de `editions:`, entre guillemets.",
        "The edition “{name}” does not exist in this scheme.",
        "Use an id of `editions:`, quoted.",
    ),
    "C03": both(
        "L'autorité « {name} » n'est pas déclarée.",
        "Ajoutez-la dans rules/sets/authorities.yaml.",
        "The authority “{name}” is not declared.",
        "Add it to rules/sets/authorities.yaml.",
    ),
    "C04": both(
        "« {{{name}}} » n'est inséré que dans une des deux langues.",
        "Insérez les mêmes noms en français et en anglais.",
        "“{{{name}}}” is inserted in only one of the two languages.",
        "Insert the same names in French and in English.",
    ),
    "C05": both(
        "« {{{name}}} » n'est pas un paramètre de ce fichier.",
        "Déclarez-le sous `parameters:`.",
        "“{{{name}}}” is not a parameter of this file.",
        "Declare it under `parameters:`.",
    ),
    "C06": both(
        "La table « {name} » n'existe pas.",
        "Voir rules/reference/.",
        "The table “{name}” does not exist.",
        "See rules/reference/.",
    ),
    "C07": both(
        "La table n'a pas de colonne « {name} ».",
        "Voir les colonnes dans la description de la table.",
        "The table has no column “{name}”.",
        "See the columns in the description of the table.",
    ),
    "C08": both(
        "La table « {table} » n'est pas complète : une absence n'y veut rien dire.",
        "Retirez `absent:`.",
        "The table “{table}” is not complete: absence means nothing there.",
        "Remove `absent:`.",
    ),
    "C09": both(
        "Une ligne après `otherwise` ne sert jamais.",
        "Mettez `otherwise` en dernier, une seule fois.",
        "A line after `otherwise` is never used.",
        "Put `otherwise` last, once.",
    ),
    "C10": both(
        "L'édition « {edition} » ferme avant d'ouvrir.",
        "Vérifiez `opens` et `closes`.",
        "The edition “{edition}” closes before it opens.",
        "Check `opens` and `closes`.",
    ),
    "C11": both(
        "`known` ne va pas avec `by`.",
        "Avec `by`, une liste de dates par valeur ; sans `by`, une simple liste.",
        "`known` does not go with `by`.",
        "With `by`, a list of dates for each value; without, a plain list.",
    ),
    "C12": both(
        "« {name} » est utilisé deux fois comme identifiant.",
        "Donnez un identifiant propre à chacun.",
        "“{name}” is used twice as an id.",
        "Give each its own id.",
    ),
    "C13": both(
        "Les éditions « {edition} » et « {other} » sont ouvertes en même temps, dates certaines.",
        "Corrigez les dates, ou limitez l'une par `when:`.",
        "The editions “{edition}” and “{other}” are open at the same time, with certain dates.",
        "Correct the dates, or limit one with `when:`.",
    ),
    "C14": both(
        "`at_least` demande plus de conditions que le groupe n'en a.",
        "Réduisez le nombre, ou ajoutez des conditions.",
        "`at_least` asks for more conditions than the group has.",
        "Lower the number, or add conditions.",
    ),
    "C15": both(
        "« {name} » se calcule à partir de lui-même.",
        "Rompez le cycle ; dans `also:`, la clé est lue telle qu'elle est donnée.",
        "“{name}” is computed from itself.",
        "Break the cycle; in `also:`, the key is read as given.",
    ),
    "C16": both(
        "L'édition « {name} » n'a aucun critère.",
        "Ajoutez au moins un critère, ou une inconnue si rien n'est publié.",
        "The edition “{name}” has no criterion.",
        "Add at least one, or an unknown if nothing is published.",
    ),
    "C17": both(
        "`overlaps_with` nomme « {name} », qui n'est pas un critère de ce dispositif.",
        "Reprenez l'identifiant d'un critère.",
        "`overlaps_with` names “{name}”, which is no criterion of this scheme.",
        "Use the id of a criterion.",
    ),
    "C18": both(
        "Le fait « {name} » est calculé deux fois.",
        "Gardez une seule dérivation, avec `also:` si besoin.",
        "The fact “{name}” is derived twice.",
        "Keep one derivation, with `also:` if needed.",
    ),
    "C19": both(
        "L'identifiant « {name} » est déjà celui de {other}.",
        "Donnez un identifiant propre à chaque dispositif.",
        "The id “{name}” is already that of {other}.",
        "Give each scheme its own id.",
    ),
    "C20": both(
        "Le dispositif « {name} » n'existe pas dans ce catalogue.",
        "Reprenez l'identifiant d'un dispositif.",
        "The scheme “{name}” does not exist in this catalogue.",
        "Use the id of a scheme.",
    ),
    "C22": both(
        "Le nom « {name} » est déclaré deux fois, ou cache un nom commun.",
        "Choisissez un nom propre à chaque paramètre, ensemble, inconnue et définition.",
        "The name “{name}” is declared twice, or hides a shared name.",
        "Give each parameter, set, unknown and definition a name of its own.",
    ),
    "C23": both(
        "L'identifiant « {name} » n'est pas le nom du fichier.",
        "Nommez le fichier « {name}.yaml ».",
        "The id “{name}” is not the name of the file.",
        "Name the file “{name}.yaml”.",
    ),
    "C24": both(
        "« {name} » se déploie en plus de {limit} éléments, ou passe par plus de {depth} étapes.",
        "Simplifiez les définitions : chaque emploi en recopie tout le contenu.",
        "“{name}” unfolds into more than {limit} items, or goes through more than {depth} steps.",
        "Simplify the definitions: each use copies all of their content.",
    ),
    "C21": both(
        "Aucun fichier de règles (.yaml) à cet endroit.",
        "Indiquez un fichier de dispositif, ou un dossier qui en contient.",
        "No rule file (.yaml) at this place.",
        "Give a scheme file, or a folder that holds some.",
    ),
    # ---------------------------------------------------------------------------------------- cases
    "K01": both(
        "Le cas « {case} » attend « {name} », qui n'existe pas dans ce dispositif.",
        "Reprenez l'identifiant d'un critère, d'une inconnue ou d'une aide.",
        "The case “{case}” expects “{name}”, which does not exist in this scheme.",
        "Use the id of a criterion, an unknown or an aid component.",
    ),
    "K02": both(
        "Le profil du cas « {case} » ne peut pas être lu : {problem}",
        "Corrigez `given:` ou `authority:`.",
        "The profile of the case “{case}” cannot be read: {problem}",
        "Correct `given:` or `authority:`.",
    ),
}
