"""Which communes and groups are in a Territoire d'industrie, and which communes are FRR?

The published lists use the communes of their own year; they are brought to the communes of our
table through the aliases. Where a commune has since changed EPCI, no published text says whether
the list or the EPCI prevails: the cell then says `true|false`, to be confirmed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from matcher.authoring.tables_files import (
    Columns,
    Row,
    TableSourceError,
    choice,
    csv_rows,
    earlier_rows,
    source_texts,
    table_rows,
    table_text,
)

CONFIRMED, TO_CONFIRM = "true", "true|false"
LISTED, LIST_ONLY, EPCI_ONLY = "list", "list_only", "epci_only"

_COMMUNES: Columns = {"insee": ("insee_com",), "ids": ("id_ti",), "names": ("lib_ti",)}
_GROUPS: Columns = {"id": ("id_ti",), "siren": ("siren_groupement",)}
_FRR: Columns = {"insee": ("code_insee", "insee"), "status": ("classement*",)}
_ID = re.compile(r"ti-[0-9]{4}\Z")

_FRR_STATUS = {
    "FRR socle": "socle",
    "FRR+": "plus",
    "FRR bénéficiaire": "beneficiaire",
    "FRR bénéficiaire partiellement": "beneficiaire_partiel",
    "Classée FRR partiellement": "partiel",
    "Non classée": "non_classee",
}
_NOT_FRR = "non_classee"


# ---------------------------------------------------------------------------------- our geography


@dataclass(frozen=True, slots=True)
class Geography:
    """Our communes, their groups, and the way from an old code to a commune of today."""

    groups_of: Mapping[str, frozenset[str]]
    members_of: Mapping[str, frozenset[str]]
    alias: Mapping[str, str]
    restored: Mapping[str, str]

    @classmethod
    def read(cls, reference: Path) -> Geography:
        """The geography of the tables in a folder."""
        return cls(
            {
                row["insee"]: frozenset({row["epci"], row["ept"]} - {""})
                for row in table_rows(reference, "communes")
            },
            {
                row["siren"]: frozenset(row["communes"].split("|"))
                for row in table_rows(reference, "epci")
            },
            {row["alias"]: row["insee"] for row in table_rows(reference, "commune_aliases")},
            {row["insee"]: row["parent"] for row in table_rows(reference, "communes_restored")},
        )

    def with_restored(self, communes: Iterable[str]) -> frozenset[str]:
        """The communes, and those that were part of one of them and are communes again."""
        listed = frozenset(communes)
        return listed | {insee for insee, parent in self.restored.items() if parent in listed}

    def commune(self, row: Row) -> str:
        """The commune of today that a line is about."""
        code = row["insee"]
        found = code if code in self.groups_of else self.alias.get(code)
        if found is None:
            raise row.error(
                f"commune inconnue : « {code} » ; vérifiez les zéros de tête, ou ajoutez à "
                "commune_aliases.csv le code de la commune qui l'a absorbée",
                f"unknown commune: “{code}”; check the leading zeros, or add to "
                "commune_aliases.csv the code of the commune that absorbed it",
            )
        return found


# ------------------------------------------------------------------------ Territoires d'industrie


@dataclass(frozen=True, slots=True)
class Lists:
    """The two published lists of a phase, at the communes of today."""

    names: Mapping[str, str]
    communes: Mapping[str, frozenset[str]]
    groups: Mapping[str, frozenset[str]]


def territory_tables(phase: str, source: Path, reference: Path) -> dict[str, str]:
    """The tables of one phase (`2018` or `2023`), and the names of the territories of both."""
    geography = Geography.read(reference)
    lists = _lists(source, geography)
    bases = _bases(lists, geography)
    communes = {insee: _membership(phase, by_basis) for insee, by_basis in bases.items()}
    columns = ("ti", "member")
    return {
        f"ti_{phase}.csv": table_text(
            f"ti_{phase}", ("insee", *columns), _keyed(communes), choices=columns
        ),
        f"ti_{phase}_epci.csv": table_text(
            f"ti_{phase}_epci",
            ("siren", *columns),
            _keyed(_group_memberships(phase, lists, communes, geography)),
            choices=columns,
        ),
        "ti_names.csv": _names_text(phase, lists, reference),
    }


def _lists(source: Path, geography: Geography) -> Lists:
    texts = source_texts(source, lambda name: name.lower().endswith(".csv"))
    communes_file = _file_with("insee_com", source, texts)
    groups_file = _file_with("siren_groupement", source, texts)
    names: dict[str, str] = {}
    communes: dict[str, set[str]] = defaultdict(set)
    for row in csv_rows(communes_file, texts[communes_file], _COMMUNES):
        for identifier, name in _territories(row):
            names[identifier] = name
            communes[identifier].add(geography.commune(row))
    groups = _listed_groups(csv_rows(groups_file, texts[groups_file], _GROUPS), communes, geography)
    listed = {identifier: geography.with_restored(found) for identifier, found in communes.items()}
    return Lists(names, listed, groups)


def _file_with(column: str, source: Path, texts: Mapping[str, str]) -> str:
    found = [name for name, text in texts.items() if column in text.split("\n", 1)[0].lower()]
    if len(found) != 1:
        raise TableSourceError(
            source.name,
            0,
            f"un CSV, et un seul, doit avoir la colonne « {column} » ; {len(found)} trouvé(s) ; "
            "voyez docs/reference-tables.md",
            f"one CSV, and only one, must have the column “{column}”; {len(found)} found; "
            "see docs/reference-tables.md",
        )
    return found[0]


def _territories(row: Row) -> list[tuple[str, str]]:
    """Identifiers and names of a line: a commune of several territories has them joined by `;`."""
    identifiers = [part.strip() for part in row["ids"].split(";")]
    names = [row["names"]]
    if len(identifiers) > 1:
        names = [part.strip() for part in row["names"].split(" ; ")]
    if len(names) != len(identifiers) or not all(_ID.match(ti) for ti in identifiers):
        raise row.error(
            f"territoire illisible : « {row['ids']} » (exemple : ti-2401), et un nom pour chacun",
            f"unreadable territory: “{row['ids']}” (for example ti-2401), with a name for each",
        )
    return list(zip(identifiers, names, strict=True))


def _listed_groups(
    rows: Iterable[Row], communes: Mapping[str, set[str]], geography: Geography
) -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {identifier: set() for identifier in communes}
    for row in rows:
        if row["siren"] not in geography.members_of:
            raise row.error(
                f"groupement inconnu : {row['siren']} ; actualisez d'abord epci.csv, ou écrivez "
                "ici le SIREN du groupement qui lui a succédé",
                f"unknown group: {row['siren']}; refresh epci.csv first, or write here the "
                "SIREN of the group that succeeded it",
            )
        if not geography.members_of[row["siren"]] & communes.get(row["id"], set()):
            raise row.error(
                f"aucune commune de {row['siren']} n'est listée dans « {row['id']} » ; les deux "
                "listes sont-elles de la même phase ?",
                f"no commune of {row['siren']} is listed in “{row['id']}”; are both lists of "
                "the same phase?",
            )
        groups[row["id"]].add(row["siren"])
    _check_none_empty(groups)
    return {identifier: frozenset(found) for identifier, found in groups.items()}


def _check_none_empty(groups: Mapping[str, set[str]]) -> None:
    empty = sorted(identifier for identifier, sirens in groups.items() if not sirens)
    if empty:
        raise TableSourceError(
            "siren_groupement",
            0,
            f"aucun groupement listé pour {', '.join(empty)} ; complétez la liste des groupements",
            f"no group listed for {', '.join(empty)}; complete the list of groups",
        )


def _is_partial(members: frozenset[str], listed: frozenset[str]) -> bool:
    """Whether only part of a group was taken in: less than half of its communes are listed.

    The lists do not say which groups are partial. Those of both phases have 2 to 42 % of their
    communes listed, and whole groups all of them but the few that joined since.
    """
    return 2 * len(members & listed) < len(members)


def _bases(lists: Lists, geography: Geography) -> dict[str, dict[str, set[str]]]:
    """For each commune, the territories it is in, by basis."""
    bases: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for identifier, listed in lists.communes.items():
        groups = [geography.members_of[siren] for siren in lists.groups[identifier]]
        inside: frozenset[str] = frozenset().union(*groups)
        whole = frozenset().union(*(group for group in groups if not _is_partial(group, listed)))
        for insee in listed:
            bases[insee][LISTED if insee in inside else LIST_ONLY].add(identifier)
        for insee in whole - listed:
            bases[insee][EPCI_ONLY].add(identifier)
    return bases


Membership = tuple[str, str]
"""The cells `ti` and `member`."""


def _membership(phase: str, by_basis: Mapping[str, set[str]]) -> Membership:
    """A commune is a member if it is one whichever of the list and the EPCI prevails."""
    certain = by_basis.get(LISTED, set())
    territories = certain or set().union(*by_basis.values())
    both = LIST_ONLY in by_basis and EPCI_ONLY in by_basis
    member = CONFIRMED if certain or both else TO_CONFIRM
    return choice(f"{phase}:{identifier}" for identifier in territories), member


def _group_memberships(
    phase: str, lists: Lists, communes: Mapping[str, Membership], geography: Geography
) -> dict[str, Membership]:
    """A group is a member if it is listed and whole, `true|false` if only some communes are in."""
    found: dict[str, set[str]] = defaultdict(set)
    for insee, (territories, _) in communes.items():
        for siren in geography.groups_of[insee]:
            found[siren].update(territories.split("|"))
    whole: dict[str, set[str]] = defaultdict(set)
    for identifier, groups in lists.groups.items():
        for siren in groups:
            if not _is_partial(geography.members_of[siren], lists.communes[identifier]):
                whole[siren].add(f"{phase}:{identifier}")
    return {
        siren: (choice(whole[siren]), CONFIRMED)
        if siren in whole
        else (choice(territories), TO_CONFIRM)
        for siren, territories in found.items()
    }


def _names_text(phase: str, lists: Lists, reference: Path) -> str:
    regions = {row["code"] for row in table_rows(reference, "regions")}
    kept = [
        (row["ti"], row["name"], row["lead_region"])
        for row in earlier_rows(reference, "ti_names")
        if not row["ti"].startswith(f"{phase}:")
    ]
    rows = [
        (f"{phase}:{identifier}", name, _region(identifier, regions))
        for identifier, name in lists.names.items()
    ]
    return table_text("ti_names", ("ti", "name", "lead_region"), [*kept, *rows])


def _region(identifier: str, regions: Iterable[str]) -> str:
    """The region that leads a territory: the first two digits of its identifier."""
    code = identifier[3:5]
    if code not in regions:
        raise TableSourceError(
            identifier,
            0,
            f"région inconnue : « {code} » ; vérifiez l'identifiant du territoire",
            f"unknown region: “{code}”; check the identifier of the territory",
        )
    return code


def _keyed(memberships: Mapping[str, Membership]) -> list[tuple[str, str, str]]:
    return [(key, *cells) for key, cells in memberships.items()]


# ---------------------------------------------------------------- France Ruralités Revitalisation


def frr_tables(source: Path, reference: Path) -> dict[str, str]:
    """The communes classed France Ruralités Revitalisation, from the official list as CSV."""
    geography = Geography.read(reference)
    status: dict[str, set[str]] = defaultdict(set)
    texts = source_texts(source, lambda name: name.lower().endswith(".csv"))
    name = _file_with("classement", source, texts)
    for row in csv_rows(name, texts[name], _FRR):
        status[geography.commune(row)].add(_frr_status(row))
    _check_all_communes(source, status, geography)
    rows = [(insee, choice(found)) for insee, found in status.items() if found != {_NOT_FRR}]
    return {"frr_2025.csv": table_text("frr_2025", ("insee", "status"), rows, choices={"status"})}


def _frr_status(row: Row) -> str:
    found = _FRR_STATUS.get(row["status"])
    if found is None:
        known = ", ".join(_FRR_STATUS)
        raise row.error(
            f"classement inconnu : « {row['status']} » ; connus : {known}",
            f"unknown status: “{row['status']}”; known: {known}",
        )
    return found


def _check_all_communes(source: Path, status: Mapping[str, set[str]], geography: Geography) -> None:
    missing = sorted(geography.groups_of.keys() - status.keys())
    if missing:
        raise TableSourceError(
            source.name,
            0,
            f"{len(missing)} commune(s) absente(s), dont {missing[0]} ; la liste doit les avoir "
            "toutes, « Non classée » comprises",
            f"{len(missing)} commune(s) missing, among them {missing[0]}; the list must have them "
            "all, “Non classée” included",
        )
