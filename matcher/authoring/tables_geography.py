"""Which communes, postcodes, EPCIs, départements and regions does France have this year?

Read from the npm package `@etalab/decoupage-administratif`: INSEE's official geographic code, the
DGCL's list of EPCIs and La Poste's postcodes. Overseas collectivities are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.authoring.tables_files import (
    Row,
    TableSourceError,
    choice,
    earlier_rows,
    json_records,
    one_text,
    table_text,
    tidy,
)

COLLECTIVITIES = ("975", "977", "978", "98")
"""Codes of the overseas collectivities begin so; their schemes are not in the catalogue."""

FORMER = "ancien-code"
"""The kind of an alias that is only known as the former code of a commune."""

_CURRENT = "commune-actuelle"
_CHIEF = {
    "arrondissement-municipal": "commune",
    "commune-associee": "chefLieu",
    "commune-deleguee": "chefLieu",
}


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of today."""

    insee: str
    name: str
    departement: str
    region: str
    population: str
    postcodes: tuple[str, ...]
    former: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """An EPCI, or a territorial body (EPT) of Greater Paris."""

    siren: str
    name: str
    kind: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """A code that is not a commune of today, and the commune it leads to."""

    code: str
    insee: str
    name: str
    kind: str


def geography_tables(source: Path, reference: Path) -> dict[str, str]:
    """The geographic tables; aliases that the package no longer has are kept."""
    records = _records(source, "communes")
    communes = {commune.insee: commune for commune in map(_commune, _of_today(records))}
    epcis = _groups(source, "epci", communes)
    epts = _groups(source, "ept", communes)
    known = {row["alias"]: row for row in earlier_rows(reference, "commune_aliases")}
    restored = _restored(communes, known, earlier_rows(reference, "communes_restored"))
    return {
        "communes.csv": _communes_text(communes, _group_of(epcis), _group_of(epts)),
        "communes_restored.csv": table_text(
            "communes_restored", ("insee", "parent"), restored.items()
        ),
        "commune_aliases.csv": _aliases_text(_aliases(records, communes, known)),
        "postcodes.csv": _postcodes_text(communes.values()),
        "epci.csv": _epci_text([*epcis, *epts], communes),
        "departements.csv": _zones_text(source, "departements", ("code", "nom", "region")),
        "regions.csv": _zones_text(source, "regions", ("code", "nom")),
    }


# ------------------------------------------------------------------------------------ the package


@dataclass(frozen=True, slots=True)
class _Record:
    """One object of a JSON file of the package, and where it stands."""

    place: str
    values: Mapping[str, Any]

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"« {key} » manque", f"“{key}” is missing")
        return tidy(value)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(
                f"« {key} » n'est pas une liste de codes", f"“{key}” is not a list of codes"
            )
        return tuple(value)

    def count(self, key: str) -> str:
        value = self.values.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise self.error(f"« {key} » n'est pas un entier", f"“{key}” is not an integer")
        return "" if value is None else str(value)

    def error(self, fr: str, en: str) -> TableSourceError:
        return TableSourceError(
            self.place,
            0,
            f"{fr} ; vérifiez la version du paquet",
            f"{en}; check the version of the package",
        )


def _records(source: Path, name: str) -> list[_Record]:
    file, text = one_text(source, f"data/{name}.json")
    found = json_records(file, text)
    return [_Record(f"{file}[{at}]", values) for at, values in enumerate(found)]


def _of_today(records: Iterable[_Record]) -> list[_Record]:
    return [
        record
        for record in records
        if record.text("type") == _CURRENT and not record.text("code").startswith(COLLECTIVITIES)
    ]


def _commune(record: _Record) -> Commune:
    return Commune(
        insee=record.text("code"),
        name=record.text("nom"),
        departement=record.text("departement"),
        region=record.text("region"),
        population=record.count("population"),
        postcodes=record.texts("codesPostaux"),
        former=record.texts("anciensCodes"),
    )


def _groups(source: Path, name: str, communes: Mapping[str, Commune]) -> list[Group]:
    return [_group(record, communes) for record in _records(source, name)]


def _group(record: _Record, communes: Mapping[str, Commune]) -> Group:
    members = record.values.get("membres")
    if not isinstance(members, list) or not members:
        raise record.error("« membres » manque", "“membres” is missing")
    codes = [_Record(record.place, member).text("code") for member in members]
    unknown = [code for code in codes if code not in communes]
    if unknown:
        raise record.error(
            f"commune(s) inconnue(s) : {', '.join(unknown)}",
            f"unknown commune(s): {', '.join(unknown)}",
        )
    return Group(record.text("code"), record.text("nom"), record.text("type"), tuple(codes))


def _group_of(groups: Iterable[Group]) -> dict[str, str]:
    found: dict[str, str] = {}
    for group in groups:
        for insee in group.members:
            if insee in found:
                raise TableSourceError(
                    insee,
                    0,
                    f"cette commune est dans deux groupements ({found[insee]} et {group.siren})",
                    f"this commune is in two groups ({found[insee]} and {group.siren})",
                )
            found[insee] = group.siren
    return found


# ---------------------------------------------------------------------------------------- aliases


def _restored(
    communes: Mapping[str, Commune], known: Mapping[str, Row], earlier: Iterable[Row]
) -> dict[str, str]:
    """Communes that were part of another and are communes again: the one they were part of."""
    new = {code: row["insee"] for code, row in known.items() if code in communes}
    kept = {row["insee"]: row["parent"] for row in earlier}
    return {
        insee: parent
        for insee, parent in (new | kept).items()
        if insee in communes and parent in communes
    }


def _aliases(
    records: Sequence[_Record], communes: Mapping[str, Commune], known: Mapping[str, Row]
) -> list[Alias]:
    attached = _attached(records, communes)
    former = _former(communes.values())
    codes = (attached.keys() | former.keys() | known.keys()) - communes.keys()
    return [
        attached[code] if code in attached else _old_alias(code, known, attached, former, communes)
        for code in codes
    ]


def _attached(records: Sequence[_Record], communes: Mapping[str, Commune]) -> dict[str, Alias]:
    """Arrondissements, communes déléguées and communes associées that are no commune of today."""
    found = {}
    for record in records:
        kind, code = record.text("type"), record.text("code")
        if kind not in _CHIEF or code in communes:
            continue
        chief = record.text(_CHIEF[kind])
        if chief in communes:
            found[code] = Alias(code, chief, record.text("nom"), kind)
    return found


def _former(communes: Iterable[Commune]) -> dict[str, str]:
    """Former codes, of the same département only.

    Codes given up when a département changed (Seine, Seine-et-Oise, Corsica) are older than any
    file we read, and look like today's postcodes: 20100 is Sartène's, and was Cristinacce's code.
    """
    return {
        code: commune.insee
        for commune in communes
        for code in commune.former
        if code.startswith(commune.departement)
    }


def _old_alias(
    code: str,
    known: Mapping[str, Row],
    attached: Mapping[str, Alias],
    former: Mapping[str, str],
    communes: Mapping[str, Commune],
) -> Alias:
    """An alias that the package only knows as a former code, or no longer knows at all."""
    row = known.get(code)
    if row is None:
        return Alias(code, former[code], "", FORMER)
    if row["kind"] == FORMER and code in former:
        return Alias(code, former[code], row["name"], FORMER)
    kind = f"ancienne-{row['kind']}" if row["kind"] in _CHIEF else row["kind"]
    return Alias(code, _followed(row, attached, former, communes), row["name"], kind)


def _followed(
    row: Row,
    attached: Mapping[str, Alias],
    former: Mapping[str, str],
    communes: Mapping[str, Commune],
) -> str:
    """The commune that an alias leads to today, through the merger of the one it led to."""
    target = row["insee"]
    if target not in communes:
        target = attached[target].insee if target in attached else former.get(target, target)
    if target not in communes:
        raise row.error(
            f"{row['alias']} mène à {row['insee']}, qui n'est plus une commune ; "
            "écrivez le code de la commune qui l'a absorbée",
            f"{row['alias']} leads to {row['insee']}, no longer a commune; "
            "write the code of the commune that absorbed it",
        )
    return target


# ------------------------------------------------------------------------------------- the tables


def _communes_text(
    communes: Mapping[str, Commune], epci_of: Mapping[str, str], ept_of: Mapping[str, str]
) -> str:
    columns = ("insee", "name", "departement", "region", "epci", "ept", "population")
    rows = [
        (
            insee,
            commune.name,
            commune.departement,
            commune.region,
            epci_of.get(insee, ""),
            ept_of.get(insee, ""),
            commune.population,
        )
        for insee, commune in communes.items()
    ]
    return table_text("communes", columns, rows)


def _aliases_text(aliases: Iterable[Alias]) -> str:
    columns = ("alias", "insee", "name", "kind")
    rows = [(alias.code, alias.insee, alias.name, alias.kind) for alias in aliases]
    return table_text("commune_aliases", columns, rows)


def _postcodes_text(communes: Iterable[Commune]) -> str:
    served: dict[str, set[str]] = defaultdict(set)
    for commune in communes:
        for postcode in commune.postcodes:
            served[postcode].add(commune.insee)
    rows = [(postcode, choice(insees)) for postcode, insees in served.items()]
    return table_text("postcodes", ("postcode", "communes"), rows, choices={"communes"})


def _epci_text(groups: Iterable[Group], communes: Mapping[str, Commune]) -> str:
    columns = ("siren", "name", "type", "departements", "communes", "population")
    rows = []
    for group in groups:
        members = [communes[insee] for insee in group.members]
        departements = choice(commune.departement for commune in members)
        rows.append(
            (
                group.siren,
                group.name,
                group.kind,
                departements,
                choice(group.members),
                _population(members),
            )
        )
    return table_text("epci", columns, rows, choices={"departements", "communes"})


def _population(members: Sequence[Commune]) -> str:
    """The sum over the members, unknown as soon as one is."""
    counts = [commune.population for commune in members]
    return "" if "" in counts else str(sum(map(int, counts)))


def _zones_text(source: Path, name: str, keys: Sequence[str]) -> str:
    rows = [
        [record.text(key) for key in keys]
        for record in _records(source, name)
        if record.text("zone") in {"metro", "drom"}
    ]
    return table_text(name, ["name" if key == "nom" else key for key in keys], rows)
