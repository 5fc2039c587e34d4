"""How is told what deserves a second look in rules that load without a mistake?"""

from __future__ import annotations

from matcher.language.wording import Wording, both

LINT_MESSAGES: dict[str, dict[str, Wording]] = {
    # -------------------------------------------------------------------------------------- meaning
    "W01": both(
        "« {name} » : {who}{editions}.",
        "Vérifiez les bornes, les listes et le sens des comparaisons.",
        "“{name}”: {who}{editions}.",
        "Check the bounds, the lists and the direction of the comparisons.",
    ),
    "W02": both(
        "« {name} » : cette condition est toujours remplie{editions}.",
        "Retirez-la, ou corrigez la borne ou la liste.",
        "“{name}”: this condition is always met{editions}.",
        "Remove it, or correct the bound or the list.",
    ),
    "W03": both(
        "« {name} » : personne ne peut être éligible{editions}, car ces critères se contredisent : "
        "{criteria}.",
        "Relisez-les ensemble dans la source ; l'un d'eux est sans doute une alternative (`any`).",
        "“{name}”: nobody can be eligible{editions}, as these criteria contradict each other: "
        "{criteria}.",
        "Read them together in the source; one of them is probably an alternative (`any`).",
    ),
    "W04": both(
        "« {name} » n'ajoute rien{editions} : déjà décidé par {others}.",
        "Retirez-le ou corrigez-le ; si la source se répète, écrivez `overlaps_with: [{written}]`.",
        "“{name}” adds nothing{editions}: already decided by {others}.",
        "Remove or correct it; if the source repeats itself, write `overlaps_with: [{written}]`.",
    ),
    "W05": both(
        "« {name} » et « {other} » ont le même test{editions}.",
        "Corrigez l'un des deux ; si la source se répète, écrivez `overlaps_with: [{other}]`.",
        "“{name}” and “{other}” have the same test{editions}.",
        "Correct one of them; if the source repeats itself, write `overlaps_with: [{other}]`.",
    ),
    "W06": both(
        "« {name} » : `{test}` coupe en deux la tranche publiée {bracket}.",
        "Vérifiez dans la source si la borne est comprise ; si oui, dites-le sous `accepts:`.",
        "“{name}”: `{test}` cuts the published bracket {bracket} in two.",
        "Check in the source whether the bound is included; if so, say it under `accepts:`.",
    ),
    # --------------------------------------------------------------------------------------- unused
    "W07": both(
        "Le fait « {name} » n'est lu par aucune règle.",
        "Retirez-le, ou écrivez la règle qui le lit.",
        "The fact “{name}” is read by no rule.",
        "Remove it, or write the rule that reads it.",
    ),
    "W08": both(
        "« {name} » ({kind}) est déclaré et ne sert nulle part.",
        "Retirez-le, ou corrigez le nom là où il devait servir.",
        "“{name}” ({kind}) is declared and used nowhere.",
        "Remove it, or correct the name where it was meant to serve.",
    ),
    "W09": both(
        "La source « {name} » n'est citée nulle part dans ce fichier.",
        "Citez-la là où elle fonde une règle, ou retirez-la.",
        "The source “{name}” is cited nowhere in this file.",
        "Cite it where a rule rests on it, or remove it.",
    ),
    # ---------------------------------------------------------------------------------------- dates
    "W10": both(
        "« {name} » : la dernière édition ({edition}) a fermé le {date}, et aucune source n'a été "
        "relue depuis.",
        "Cherchez une nouvelle édition ; s'il n'y en a pas, datez la relecture (`read_on`).",
        "“{name}”: the last edition ({edition}) closed on {date}, and no source was read again "
        "since.",
        "Look for a new edition; if there is none, date the new reading (`read_on`).",
    ),
    "W11": both(
        "Lu il y a plus d'un an, le {date} : {name}.",
        "Relisez ces sources, corrigez les règles si besoin, puis mettez `read_on` à jour.",
        "Read more than a year ago, on {date}: {name}.",
        "Read these sources again, correct the rules if needed, then update `read_on`.",
    ),
    "W12": both(
        "« {name} » teste {facts}, dont les codes changent de sens le {date} ({next}){editions}.",
        "Distinguez les deux nomenclatures (le fait de version), ou laissez l'inconnu s'exprimer.",
        "“{name}” tests {facts}, whose codes change meaning on {date} ({next}){editions}.",
        "Tell the two classifications apart (the version fact), or leave the answer unknown.",
    ),
    # ---------------------------------------------------------------------------------------- texts
    "W13": both(
        "« {name} » : {which} n'est pas traduit (« {text} »).",
        "Traduisez-le ; un nom propre peut rester tel quel, entre guillemets dans une phrase.",
        "“{name}”: {which} is not translated (“{text}”).",
        "Translate it; a proper name may stay as it is, in quotation marks within a sentence.",
    ),
    "W14": both(
        "`accepts:` admet {warning} pour « {name} », et il n'y a plus rien à admettre.",
        "Retirez cette ligne, ou corrigez `at:`.",
        "`accepts:` admits {warning} for “{name}”, and there is nothing left to admit.",
        "Remove this line, or correct `at:`.",
    ),
}
