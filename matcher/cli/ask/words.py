"""What does the interview say, in French and in English?"""

from __future__ import annotations

from matcher.language.text import Text
from matcher.language.types import Kind

TITLE = Text("Quelles aides pour votre projet ?", "Which support for your project?")
WELCOME = (
    Text(
        "Répondez à quelques questions : la liste des dispositifs se précise à chaque réponse. "
        "Une dizaine de réponses suffit souvent ; arrêtez quand vous voulez.",
        "Answer a few questions: the list of schemes gets sharper with each answer. Ten answers or "
        "so are often enough; stop whenever you like.",
    ),
    Text(
        "Rien ne quitte cet ordinateur. Nous informons ; l'autorité qui instruit décide.",
        "Nothing leaves this computer. We inform; the authority that examines decides.",
    ),
)
RESUMED = Text(
    "Reprise de {file} : faits déjà connus, {count}.", "Going on from {file}: known facts, {count}."
)
KEYS = Text(
    "? aide · - je ne sais pas · ! ne pas répondre · < retour · * liste · fin",
    "? help · - I don't know · ! rather not say · < back · * list · end",
)
KEYS_OF_LIST = Text(
    "numéro, ou réponse plus précise · < retour", "number, or a clearer answer · < back"
)
KEYS_OF_AUTHORITIES = Text(
    "numéro de la question dont vous avez la réponse · Entrée pour terminer",
    "number of the question you have the answer to · Enter to finish",
)
NOTHING_CHANGED = Text("rien de décidé pour l'instant", "nothing decided yet")
SKIPPED = Text(
    "vous ne savez pas ; la question reste à préciser", "you don't know; it stays to be clarified"
)
DECLINED = Text("vous préférez ne pas répondre", "you would rather not say")
WENT_BACK = Text("Retour : « {label} »", "Back: “{label}”")
NOTHING_BEFORE = Text("Rien à reprendre avant cette question.", "Nothing to go back to.")
KNOWN = Text("Connu : {value}. Plus précisément ?", "Known: {value}. More precisely?")
WHICH = Text("Lequel ?", "Which one?")
MORE = Text("… et {count} de plus : précisez.", "… and {count} more: be more specific.")
HOW = Text("Comment répondre", "How to answer")
WAITED_FOR = Text("Sert à", "Used by")
OTHERS = Text("… et {count} autres conditions.", "… and {count} other conditions.")
LATER = Text(
    "Les dispositifs ouverts sont tranchés autant qu'ils peuvent l'être. La suite ne concerne que "
    "des dispositifs dont l'ouverture est à venir ou à confirmer : « fin » suffit.",
    "The open schemes are settled as far as they can be. What follows only concerns schemes that "
    "open later or whose opening is to be confirmed: “end” will do.",
)
CLOSED = Text(
    "La suite ne concerne que des dispositifs clos : « fin » suffit.",
    "What follows only concerns closed schemes: “end” will do.",
)
MAY_BE_ELSEWHERE = Text(
    "Le lieu écarte un dispositif. Si le site n'est pas arrêté, tapez « ailleurs » : les communes "
    "voisines seront examinées.",
    "The place rules a scheme out. If the site is not settled, type “elsewhere”: the communes "
    "around will be looked at.",
)
NOTHING_MORE = Text(
    "Plus aucune de vos réponses ne peut trancher. Le reste dépend d'une autorité :",
    "None of your answers can decide anything more. The rest depends on an authority:",
)
ALL_DECIDED = Text(
    "Plus aucune de vos réponses ne peut rien changer.",
    "None of your answers can change anything more.",
)
RECORDED = Text("Réponse de l'autorité notée : {label}", "The authority's answer is noted: {label}")
LINE = Text("Ligne {number}", "Line {number}")
LEFT_OVER = Text(
    "{count} ligne(s) de réponses n'ont pas servi : l'entretien était terminé.",
    "{count} line(s) of answers were not used: the interview had ended.",
)
HINT_NAMED = Text(
    "un code, ou les premières lettres d'un nom", "a code, or the first letters of a name"
)
HINTS = {
    Kind.EUROS: Text(
        "par exemple 400 k€, 1,2 M€, entre 350 et 450 k€",
        "for example 400 k€, 1.2 M€, between 350 and 450 k€",
    ),
    Kind.INTEGER: Text("par exemple 85, ou entre 50 et 99", "for example 85, or between 50 and 99"),
    Kind.NUMBER: Text("par exemple 12,5, ou moins de 36", "for example 12.5, or less than 36"),
    Kind.DATE: Text(
        "par exemple 12/03/2026, mars 2026, avant 2027",
        "for example 12/03/2026, March 2026, before 2027",
    ),
}
YES_NO = (Text("Oui", "Yes"), Text("Non", "No"))
SOURCE = Text("source", "source")
EMPTY_LIST = Text(
    "Aucun dispositif ne reste possible avec ces réponses.",
    "No scheme remains possible with these answers.",
)
WITHOUT_RICH = Text(
    "(Affichage simple. Pour un écran plus agréable : pip install 'aides-matcher[ask]'.)",
    "(Plain display. For a more pleasant screen: pip install 'aides-matcher[ask]'.)",
)

# --------------------------------------------------------------------------------- the end of it
INTERRUPTED = Text(
    "Interrompu. Vos réponses sont dans {file}. Pour reprendre :",
    "Interrupted. Your answers are in {file}. To go on:",
)
NOT_SAVED = Text(
    "Vos réponses n'ont pas pu être écrites dans un fichier ({why}). Les voici :",
    "Your answers could not be written to a file ({why}). Here they are:",
)
NOTHING_TO_SAVE = Text("Interrompu. Rien n'était répondu.", "Interrupted. Nothing was answered.")
OFFER_SAVE = Text(
    "Enregistrer vos réponses ? Entrée = {file}, un autre nom, ou n",
    "Save your answers? Enter = {file}, another name, or n",
)
OFFER_ELSEWHERE = Text(
    "Des refus tiennent au seul lieu. Le site n'est pas arrêté : voir les communes voisines ? o/n",
    "The place alone accounts for some refusals. If the site is not settled: see the communes "
    "around? y/n",
)
OFFER_SUMMARY = Text(
    "Écrire la synthèse d'une page ? Entrée = {file} (.md et .html), un autre nom, ou n",
    "Write the one-page summary? Enter = {file} (.md and .html), another name, or n",
)
OFFER_REPLACE = Text("{file} existe déjà. Le remplacer ? o/n", "{file} exists. Replace it? y/n")
SAVED = Text("Écrit : {file}", "Written: {file}")
CANNOT_WRITE = Text("{file} ne peut pas être écrit : {why}.", "{file} cannot be written: {why}.")
EXISTS = Text(
    "{file} existe déjà ; choisissez un autre nom (un profil n'est jamais remplacé sans le dire).",
    "{file} exists already; choose another name (a profile is never replaced silently).",
)
NO_FOLDER = Text("Le dossier de {file} n'existe pas.", "The folder of {file} does not exist.")
ENDING = Text("{file} : donnez un nom en .md ou en .html.", "{file}: give a name in .md or .html.")
GO_ON = Text("Pour reprendre plus tard :", "To go on later:")
