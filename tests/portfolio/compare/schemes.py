"""The small schemes of the tests of comparisons."""

CRITERIA = """
criteria:
  all:
    - id: cost
      states: {fr: "Le projet coûte au moins {minimum}", en: "The project costs at least {minimum}"}
      test: project.cost_eur >= minimum
      source: S1
    - any:
        - id: headcount
          states: {fr: "Dix personnes", en: "Ten people"}
          test: applicant.headcount >= 10
          source: S1
        - id: polluted
          states: {fr: "Un site pollué", en: "A polluted site"}
          test: site.polluted
          source: S1
"""
EDITIONS = """
editions:
  - {id: "2026", opens: "2026-04-01", closes: "2026-08-31", source: S1}
"""
MINIMUM = """
parameters:
  minimum: {type: euros, default: 100000}
"""
FUND = MINIMUM + EDITIONS + CRITERIA
DEARER = FUND.replace("100000", "150000")
OPEN = EDITIONS.replace("2026-08-31", "2027-08-31")
TWO_EDITIONS = (
    MINIMUM
    + EDITIONS
    + ('  - {id: "suite", opens: "2026-09-15", closes: "2026-12-31", source: S1}\n')
    + CRITERIA
    + """
    - id: new
      states: {fr: "Rien n'est commandé", en: "Nothing is ordered"}
      test: project.ordered_on is none
      editions: ["suite"]
      source: S1
"""
)
EASY = (
    OPEN
    + """
criteria:
  all:
    - id: clean
      states: {fr: "Un site propre", en: "A clean site"}
      test: not site.polluted
      source: S1
"""
)
CLIENTS = """Raison sociale;Coût du projet;Effectif;Sol pollué
Alpha;200000;20;non
Beta;120000;20;non
Gamma;50000;20;non
Delta;;20;non
Epsilon;200000;5;non
Zeta;200000;;non
Eta;200000;5;oui
"""
