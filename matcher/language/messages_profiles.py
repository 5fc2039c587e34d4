"""How are mistakes in a profile told?"""

from __future__ import annotations

from matcher.language.wording import Wording, both

PROFILE_MESSAGES: dict[str, dict[str, Wording]] = {
    # ------------------------------------------------------------------------------------- profiles
    "P01": both(
        "Le fait « {key} » n'existe pas.",
        "Voir la liste avec `matcher facts`.",
        "The fact “{key}” does not exist.",
        "See the list with `matcher facts`.",
    ),
    "P02": both(
        "« {key} » : « {value} » n'est pas {wanted}.",
        "Écrivez {wanted} ; `matcher facts {key}` donne un exemple.",
        "“{key}”: “{value}” is not {wanted}.",
        "Write {wanted}; `matcher facts {key}` gives an example.",
    ),
    "P03": both(
        "« {key} » : {value} est hors des bornes ({low} à {high}).",
        "Vérifiez la valeur et son unité.",
        "“{key}”: {value} is out of bounds ({low} to {high}).",
        "Check the value and its unit.",
    ),
    "P04": both(
        "« {key} » : le minimum ({low}) dépasse le maximum ({high}).",
        "Échangez les deux valeurs, ou corrigez-les.",
        "“{key}”: the minimum ({low}) exceeds the maximum ({high}).",
        "Swap the two values, or correct them.",
    ),
    "P05": both(
        "« {key} » : « {value} » n'est pas un choix possible.",
        "Choix admis : {choices}.",
        "“{key}”: “{value}” is not a possible choice.",
        "Allowed choices: {choices}.",
    ),
    "P06": both(
        "« {key} » : le code « {value} » n'existe pas dans la table « {table} » ({vintage}).",
        "Vérifiez le code ; `matcher facts {key}` dit ce qu'il faut donner.",
        "“{key}”: the code “{value}” does not exist in the table “{table}” ({vintage}).",
        "Check the code; `matcher facts {key}` says what to give.",
    ),
    "P07": both(
        "« {key} » : « {value} » n'est pas un {check} valide ({reason}).",
        "Recopiez-le depuis l'extrait Kbis ou l'avis de situation Sirene.",
        "“{key}”: “{value}” is not a valid {check} ({reason}).",
        "Copy it from the company register extract or the Sirene statement.",
    ),
    "P08": both(
        "« {key} » ne peut pas être « none ».",
        "Laissez le fait de côté s'il n'est pas connu.",
        "“{key}” cannot be “none”.",
        "Leave the fact out if it is not known.",
    ),
    "P09": both(
        "« {key} » est calculé, il ne se donne pas.",
        "Donnez plutôt : {inputs}.",
        "“{key}” is computed; it is not given.",
        "Give instead: {inputs}.",
    ),
    "P10": both(
        "« {key} » ({value}) contredit {others}.",
        "Corrigez l'un des deux.",
        "“{key}” ({value}) contradicts {others}.",
        "Correct one of them.",
    ),
    "P11": both(
        "« {key} » : « {value} » désigne plusieurs lieux ({candidates}).",
        "Donnez le code.",
        "“{key}”: “{value}” names several places ({candidates}).",
        "Give the code.",
    ),
    "P12": both(
        "Un profil est une suite de faits (clé : valeur), pas {got}.",
        "Exemple : `applicant: {{kind: entreprise_privee, headcount: 85}}`.",
        "A profile is a mapping of facts (key: value), not {got}.",
        "Example: `applicant: {{kind: entreprise_privee, headcount: 85}}`.",
    ),
    "P13": both(
        "La réponse d'une autorité nomme « {name} », que personne ne demande.",
        "Reprenez l'identifiant « dispositif/inconnue » donné par `matcher match`.",
        "An authority's answer names “{name}”, which nobody asks.",
        "Use the id “scheme/unknown” that `matcher match` gives.",
    ),
    "P17": both(
        "Le profil compte plus de {limit} faits.",
        "Un profil décrit un demandeur, un site et un projet : vérifiez le fichier.",
        "The profile has more than {limit} facts.",
        "A profile describes one applicant, one site and one project: check the file.",
    ),
    "P14": both(
        "« {key} » est donné deux fois, avec et sans point.",
        "Gardez une seule écriture.",
        "“{key}” is given twice, nested and dotted.",
        "Keep one of them.",
    ),
    "P15": both(
        "Le dispositif « {name} » n'existe pas.",
        "Voir la liste avec `matcher schemes`.",
        "The scheme “{name}” does not exist.",
        "See the list with `matcher schemes`.",
    ),
    "P16": both(
        "La réponse d'une autorité à « {name} » n'est pas complète : {problem}.",
        'Écrivez : {{unknown: "dispositif/inconnue", value: …, on: "AAAA-MM-JJ"}}.',
        "The authority's answer to “{name}” is not complete: {problem}.",
        'Write: {{unknown: "scheme/unknown", value: …, on: "YYYY-MM-DD"}}.',
    ),
}
