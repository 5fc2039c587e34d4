"""Which words does the workbook use?"""

from __future__ import annotations

from matcher.answers.decisions import UNDER_RESERVE
from matcher.answers.views import Outcome
from matcher.catalogue.windows import WindowState
from matcher.language.text import Text

SHEETS = {
    "calls": Text("À appeler", "To call"),
    "matrix": Text("Clients × dispositifs", "Clients × schemes"),
    "questions": Text("À demander au client", "To ask the client"),
    "rejects": Text("Rejets", "Rejected rows"),
    "method": Text("Méthode", "Method"),
}
OUTCOMES = {
    Outcome.ELIGIBLE: Text("Éligible", "Eligible"),
    Outcome.UNDETERMINED: Text("À préciser", "To be clarified"),
    Outcome.INELIGIBLE: Text("Non éligible", "Not eligible"),
}
RESERVED = UNDER_RESERVE
WINDOWS = {
    WindowState.OPEN: Text("ouvert", "open"),
    WindowState.UPCOMING: Text("à venir", "upcoming"),
    WindowState.CLOSED: Text("clos", "closed"),
    WindowState.UNKNOWN: Text("ouverture à confirmer", "opening to be confirmed"),
}
WARNING = Text(
    "Information indicative, d'après le fichier fourni et des textes publiés : nous informons, "
    "l'autorité qui instruit la demande décide. Vérifiez les dates avant de déposer.",
    "For information only, from the file provided and published texts: we inform, the authority "
    "that examines the application decides. Check the dates before you file.",
)
AS_OF = Text("Réponse au {date} · {file}", "Answer as of {date} · {file}")
MORE = Text("et {count} de plus", "and {count} more")
COLUMNS = {
    "rank": Text("Rang", "Rank"),
    "client": Text("Client", "Client"),
    "place": Text("Lieu", "Place"),
    "number": Text("SIREN / SIRET", "SIREN / SIRET"),
    "line": Text("Ligne du fichier", "Line of the file"),
    "rows": Text("Sites ou projets", "Sites or projects"),
    "now_count": Text("Éligible et ouvert", "Eligible and open"),
    "near_count": Text("À préciser, non clos", "To be clarified, not closed"),
    "now": Text("Peut déposer maintenant", "Can apply now"),
    "later": Text(
        "Éligible, ouverture à venir ou à confirmer", "Eligible, opening to come or unsure"
    ),
    "near": Text("Le plus proche (réponses manquantes)", "Nearest (answers missing)"),
    "lacking": Text("Questions à poser d'abord", "Questions to ask first"),
    "deadline": Text("Prochaine échéance", "Next deadline"),
    "most": Text("Plus grand montant (si éligible)", "Largest amount (if eligible)"),
    "figure": Text("Plus grand montant connu", "Largest known amount"),
    "outcome": Text("Résultat", "Outcome"),
    "window": Text("Fenêtre", "Window"),
    "amount": Text("Aide", "Aid"),
    "unmet": Text("Conditions non remplies", "Conditions not met"),
    "unknown": Text("Conditions à préciser", "Conditions to be clarified"),
    "missing": Text("À demander au client", "To ask the client"),
    "asks": Text("À demander à l'autorité", "To ask the authority"),
    "question": Text("Question", "Question"),
    "fact": Text("Information", "Information"),
    "scheme": Text("Dispositif", "Scheme"),
    "schemes": Text("Dispositifs", "Schemes"),
    "schemes_count": Text("{count} dispositifs", "{count} schemes"),
    "schemes_one": Text("1 dispositif", "1 scheme"),
    "clients": Text("Clients", "Clients"),
    "alone": Text("Débloque à elle seule (clients)", "Settles alone (clients)"),
    "among": Text("Parmi d'autres (clients)", "Among others (clients)"),
    "who": Text(
        "Qui (d'abord ceux à qui il ne manque que cela)", "Who (those who lack only this first)"
    ),
    "column": Text("Colonne", "Column"),
    "value": Text("Valeur", "Value"),
    "reason": Text("Raison", "Reason"),
}
