"""The gazetteer as it is shipped: what it finds, what it must not, and that it was built from the lists beside it."""

import hashlib
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_dedup.lexicon import gazetteer as module
from conflict_dedup.lexicon.gazetteer import Gazetteer, distance_km, fold, gazetteer, skeleton

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LEXICON = Path(module.__file__).parent
G = gazetteer()


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Ménaka", "menaka"),
        ("MÉNAKA", "menaka"),
        ("Al-Hawl", "al hawl"),
        ("El Hawl", "al hawl"),
        ("Deir ez-Zor", "deir al zor"),
        ("Deir al-Zor", "deir al zor"),
        ("Ar Raqqah", "al raqqah"),
        ("Ash-Shaddadi", "al shaddadi"),
        ("At-Tanf", "al tanf"),
        ("Ma'rib", "marib"),
        ("Ma’rib", "marib"),
        ("Ta‘izz", "taizz"),
        ("N'Djamena", "ndjamena"),
        ("Côte d’Ivoire", "cote divoire"),
        ("Fada N'Gourma", "fada ngourma"),
        ("Mocímboa  da Praia", "mocimboa da praia"),
        ("Nord–Kivu", "nord kivu"),
        ("Şırnak", "sirnak"),
        ("Łódź", "lodz"),
        ("U.S.", "u.s."),
        ("U.S", "u.s."),
        ("US", "us"),
        ("St. Louis", "st louis"),
        # "en" is no article before an r, nor "as" before a k
        ("Saint-Jean-en-Royans", "saint jean en royans"),
        ("As Kanin", "as kanin"),
        ("Al", "al"),
        ("", ""),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x17F), max_size=30))
def test_folding_twice_changes_nothing(name: str) -> None:
    once = fold(name)
    assert fold(once) == once
    assert once == once.strip()


def test_the_file_is_not_stale() -> None:
    for name, digest in G.sources.items():
        found = hashlib.sha256((LEXICON / name).read_bytes()).hexdigest()
        assert found == digest, f"{name} was changed: run tools/build_gazetteer.py"
    assert set(G.sources) == {"common_names.toml", "countries.toml", "regions.toml", "sites.toml"}


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"something else altogether")
    with pytest.raises(ValueError, match="build_gazetteer"):
        Gazetteer(other)


# Country, name as printed, degrees within which the answer must lie (independent of the lists: from maps).
TOWNS = [
    ("ML", "Gao", 16.27, -0.04),
    ("ML", "Kidal", 18.44, 1.41),
    ("ML", "Ménaka", 15.92, 2.40),
    ("ML", "Indelimane", 15.9, 2.0),
    ("ML", "Boulikessi", 14.9, -1.5),
    ("ML", "Boulkessy", 14.9, -1.5),
    ("ML", "Mondoro", 14.7, -1.9),
    ("ML", "Ogossagou", 13.9, -3.4),
    ("ML", "Tombouctou", 16.77, -3.01),
    ("BF", "Solhan", 13.2, 0.6),
    ("BF", "Inata", 14.4, -1.3),
    ("BF", "Djibo", 14.10, -1.63),
    ("BF", "Barsalogho", 13.4, -1.1),
    ("BF", "Fada N'Gourma", 12.06, 0.36),
    ("NE", "Inates", 14.8, 1.3),
    ("NE", "Tillabery", 14.21, 1.45),
    ("NG", "Maiduguri", 11.85, 13.16),
    ("NG", "Baga", 13.1, 13.8),
    ("NG", "Chibok", 10.87, 12.85),
    ("NG", "Zabarmari", 12.0, 13.3),
    ("CM", "Kolofata", 11.2, 14.0),
    ("CD", "Beni", 0.49, 29.47),
    ("CD", "Oicha", 0.70, 29.52),
    ("CF", "Bria", 6.54, 21.99),
    ("SO", "Mogadishu", 2.04, 45.34),
    ("SO", "Beledweyne", 4.74, 45.20),
    ("SO", "Bulo Marer", 1.6, 44.5),
    ("SD", "El Fasher", 13.63, 25.35),
    ("SD", "El Geneina", 13.45, 22.45),
    ("SS", "Malakal", 9.53, 31.66),
    ("ET", "Axum", 14.12, 38.72),
    ("ET", "Mai Kadra", 14.1, 36.6),
    ("MZ", "Mocimboa da Praia", -11.35, 40.35),
    ("MZ", "Palma", -10.8, 40.5),
    ("SY", "Idlib", 35.93, 36.63),
    ("SY", "Atmeh", 36.3, 36.7),
    ("SY", "Khan Sheikhoun", 35.44, 36.65),
    ("SY", "Douma", 33.57, 36.40),
    ("SY", "Deir Ezzor", 35.34, 40.14),
    ("SY", "Alep", 36.2, 37.16),
    ("IQ", "Mosul", 36.34, 43.12),
    ("IQ", "Falluja", 33.35, 43.78),
    ("IQ", "Baquba", 33.75, 44.61),
    ("YE", "Taiz", 13.58, 44.02),
    ("YE", "Hodeidah", 14.80, 42.95),
    ("LY", "Sirte", 31.21, 16.59),
    ("AF", "Lashkar Gah", 31.59, 64.37),
    ("PK", "Quetta", 30.18, 67.0),
    ("PK", "Mir Ali", 33.0, 70.3),
    ("IN", "Pulwama", 33.87, 74.90),
    ("MM", "Maungdaw", 20.8, 92.4),
    ("PH", "Jolo", 6.05, 121.0),
    ("PH", "Marawi", 8.0, 124.29),
    ("UA", "Avdiivka", 48.14, 37.75),
    ("UA", "Bakhmut", 48.59, 38.0),
    ("CO", "Tibú", 8.64, -72.73),
    ("MX", "Culiacan", 24.80, -107.39),
    ("EC", "Esmeraldas", 0.96, -79.65),
    ("HT", "Pont-Sondé", 19.1, -72.6),
    ("PS", "Khan Younis", 31.34, 34.30),
    ("PS", "Jabaliya", 31.53, 34.48),
    ("LB", "Khiam", 33.3, 35.6),
    ("EG", "Sheikh Zuweid", 31.2, 34.1),
    ("AZ", "Shusha", 39.76, 46.75),
]


@pytest.mark.parametrize(("country", "name", "lat", "lon"), TOWNS, ids=[f"{row[0]} {row[1]}" for row in TOWNS])
def test_towns_of_the_news_are_found(country: str, name: str, lat: float, lon: float) -> None:
    first = next(entry for entry in G.lookup(name) if entry.country == country)
    assert first.kind in {"town", "capital", "site"}
    assert distance_km(first.lat, first.lon, lat, lon) < 25


def test_a_town_goes_before_the_division_named_after_it() -> None:
    assert [entry.kind for entry in G.lookup("Gao") if entry.country == "ML"] == ["town", "admin1"]
    assert G.lookup("Gao")[0] == G.lookup("gao")[0]
    assert [entry.kind for entry in G.lookup("New York")][:2] == ["town", "admin1"]
    assert G.lookup("New York")[0].name == "New York City"


def test_airport_codes_and_other_scripts_are_no_names() -> None:
    # GAO is the airport of Guantanamo, GAQ that of Gao
    assert {entry.country for entry in G.lookup("Gao")} <= {"ML", "BF", "CI", "IN", "CN", "TD"}
    assert G.lookup("GAQ") == ()
    assert G.lookup("yi de li bo") == ()
    assert G.lookup("إدلب") == ()


def test_unknown_and_empty_names() -> None:
    assert G.lookup("") == ()
    assert G.lookup("Xyzzyqua") == ()
    assert G.lookup("'") == ()
    assert G.lookup("\xff\xfe") == ()


@pytest.mark.parametrize(
    "name", ["Of", "Same", "Police", "Mine", "Nice", "Reading", "Bath", "Split", "Friday", "Ibrahim"]
)
def test_everyday_words_keep_their_place_but_are_flagged(name: str) -> None:
    assert all(entry.common for entry in G.lookup(name))


def test_everyday_words_are_dropped_as_aliases() -> None:
    for name in ("Of", "Same", "Police", "Mine", "Nice", "Attack", "Soldiers"):
        assert [entry.name for entry in G.lookup(name) if entry.alias and entry.kind in {"town", "capital"}] == []
    assert any(entry.name == "Of" and entry.country == "TR" for entry in G.lookup("Of"))


@pytest.mark.parametrize("name", ["Idlib", "Gao", "Kabul", "Lima", "Phoenix", "Beirut", "Mosul", "Darfur", "Gaza"])
def test_plain_names_are_not_flagged(name: str) -> None:
    assert not G.lookup(name)[0].common


def test_us_is_the_country_only_with_a_warning() -> None:
    assert G.lookup("U.S.")[0].country == "US"
    assert not G.lookup("U.S.")[0].common
    assert G.lookup("US")[0].common


@pytest.mark.parametrize(
    ("name", "kind", "countries", "precision"),
    [
        ("Sahel", "region", {"ML", "BF", "NE", "TD", "MR"}, 5),
        ("Liptako-Gourma", "region", {"ML", "BF", "NE"}, 5),
        ("Lac Tchad", "region", {"NG", "NE", "TD", "CM"}, 5),
        ("Nord-Kivu", "admin1", {"CD"}, 4),
        ("Kivu del Norte", "admin1", {"CD"}, 4),
        ("Darfour", "region", {"SD"}, 5),
        ("North Darfur", "admin1", {"SD"}, 4),
        ("Cachemira", "region", {"IN", "PK"}, 5),
        ("Donbass", "region", {"UA"}, 5),
        ("Gaza Strip", "admin1", {"PS"}, 4),
        ("Faixa de Gaza", "admin1", {"PS"}, 4),
        ("Cisjordanie", "admin1", {"PS"}, 4),
        ("Catatumbo", "region", {"CO"}, 4),
        ("VRAEM", "region", {"PE"}, 4),
        ("Ghouta orientale", "region", {"SY"}, 3),
        ("Rif Dimashq", "admin1", {"SY"}, 4),
        ("Extrême-Nord", "admin1", {"CM"}, 4),
        ("Oudalan", "admin2", {"BF"}, 3),
        ("Jonglei", "admin1", {"SS"}, 4),
        ("Red Sea", "region", {"YE", "SA", "EG", "SD", "ER"}, 7),
        ("Burkina Faso", "country", {"BF"}, 6),
    ],
)
def test_regions_and_divisions(name: str, kind: str, countries: set[str], precision: int) -> None:
    found = [entry for entry in G.lookup(name) if set(entry.countries) == countries and entry.kind == kind]
    assert [entry.precision for entry in found] == [precision]
    assert found[0].country == (None if len(countries) > 1 else next(iter(countries)))


def test_a_town_knows_its_division_by_the_name_that_reports_use() -> None:
    assert G.lookup("El Fasher")[0].admin1 == "North Darfur"
    assert G.lookup("Timbuktu")[0].admin1 == "Timbuktu"
    assert G.lookup("Mariupol")[0].admin1 == "Donetsk"
    assert G.lookup("Atmeh")[0].admin1 == "Idlib"
    assert G.lookup("Mali")[0].admin1 is None


def test_capitals_are_marked() -> None:
    for name in ("Bamako", "Paris", "Kabul", "Washington", "Mogadishu"):
        assert any(entry.kind == "capital" for entry in G.lookup(name)), name
    marked = [code for code, country in G.countries.items() if country.capital]
    assert G.counts["capital"] >= len(marked) - 2


def read_countries() -> dict[str, dict[str, dict[str, list[str]]]]:
    with (LEXICON / "countries.toml").open("rb") as file:
        table: dict[str, dict[str, dict[str, list[str]]]] = tomllib.load(file)
    return table


# ISO 3166-1 alpha-2 as GeoNames has it: with XK, without the dissolved AN and CS.
CODES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC
CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD
GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH
KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW
MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC
SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY
UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
""".split()  # noqa: SIM905


def test_every_country_is_there_in_four_languages() -> None:
    assert sorted(read_countries()) == CODES
    assert sorted(G.countries) == CODES
    for country in G.countries.values():
        assert set(country.names) == {"en", "fr", "es", "pt"}, country.code
        assert -90 <= country.lat <= 90
        assert -180 <= country.lon <= 180


def test_a_name_means_one_country_unless_it_is_listed_here() -> None:
    names = {fold(n) for c in G.countries.values() for group in c.names.values() for n in group}
    double = {name: set(G.country_by_name(name)) for name in names if len(G.country_by_name(name)) > 1}
    assert double == {"congo": {"CD", "CG"}, "saint martin": {"MF", "SX"}}


def test_a_demonym_means_one_country_unless_it_is_listed_here() -> None:
    words = {fold(w) for c in G.countries.values() for group in c.demonyms.values() for w in group}
    double = {word: set(G.country_by_demonym(word)) for word in words if len(G.country_by_demonym(word)) > 1}
    congo = {word: {"CD", "CG"} for word in double if word.startswith("congo")}
    assert congo.keys() >= {"congolese", "congolais", "congolaise", "congoleno", "congoles"}
    guinea = {word: {"GN", "GW"} for word in double if word.startswith("guine")}
    assert "guineense" in guinea
    samoa = {"samoan", "samoans", "samoane", "samoanes"}
    assert set(double) == congo.keys() | guinea.keys() | samoa


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("drc", ("CD",)),
        ("rdc", ("CD",)),
        ("dr congo", ("CD",)),
        ("congo", ("CD", "CG")),
        ("ivory coast", ("CI",)),
        ("cote divoire", ("CI",)),
        ("burma", ("MM",)),
        ("u.s.", ("US",)),
        ("uk", ("GB",)),
        ("guinea", ("GN",)),
        ("equatorial guinea", ("GQ",)),
        ("niger", ("NE",)),
        ("nigeria", ("NG",)),
        ("siria", ("SY",)),
        ("soudan du sud", ("SS",)),
        ("iemen", ("YE",)),
        ("atlantis", ()),
    ],
)
def test_country_by_name(name: str, codes: tuple[str, ...]) -> None:
    assert G.country_by_name(name) == codes


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("malian", ("ML",)),
        ("maliennes", ("ML",)),
        ("maliense", ("ML",)),
        ("burkinabe", ("BF",)),
        ("nigerian", ("NG",)),
        ("nigerien", ("NE",)),
        ("nigerienne", ("NE",)),
        ("nigeriane", ("NG",)),
        ("colombianos", ("CO",)),
        ("afegas", ("AF",)),
        ("russes", ("RU",)),
        ("russos", ("RU",)),
        ("gazans", ("PS",)),
        ("martian", ()),
    ],
)
def test_country_by_demonym(word: str, codes: tuple[str, ...]) -> None:
    assert G.country_by_demonym(word) == codes


def test_demonyms_know_their_languages() -> None:
    assert G.country_by_demonym("malien", "fr") == ("ML",)
    assert G.country_by_demonym("malien", "en") == ()


def test_words_that_are_more_than_a_country_are_flagged() -> None:
    for name in ("Turkey", "Chad", "Jordan", "Georgia", "US"):
        assert G.lookup(name)[0].common, name
    for name in ("Mali", "Syria", "Niger", "Guinea"):
        assert not G.lookup(name)[0].common, name


def test_country_of_an_unknown_code() -> None:
    assert G.country("ML").capital == "Bamako"
    with pytest.raises(KeyError):
        G.country("QQ")


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Boulkesy", "ML", "Boulikessi"),
        ("Barsaloko", "BF", "Barsalogho"),
        ("Arabinda", "BF", "Arbinda"),
        ("Tilabery", "NE", "Tillabéri"),
        ("In Delimann", "ML", "Indelimane"),
        ("Jibo", "BF", "Djibo"),
        ("Falouja", "IQ", "Fallujah"),
        ("Qamishlu", "SY", "Qamishli"),
        ("Kamishly", "SY", "Qamishli"),
        ("Beled Weyn", "SO", "Beledweyne"),
        ("Shaykh Zuwayed", "EG", "Sheikh Zuweid"),
        ("Mariopol", "UA", "Mariupol"),
    ],
)
def test_fuzzy_finds_other_spellings(name: str, country: str, expected: str) -> None:
    assert expected in [entry.name for entry in G.fuzzy(name, country)]


@pytest.mark.parametrize(
    ("name", "country", "other"),
    [
        ("Djibo", "BF", "Djibasso"),
        ("Banamba", "ML", "Bamba"),
        ("Tessit", "ML", "Tessalit"),
        ("Gaya", "ML", "Gao"),
        ("Boulikessi", "BF", "Boulikessi"),
        ("Gao", "ML", "Gao"),
    ],
)
def test_fuzzy_leaves_other_places_alone(name: str, country: str, other: str) -> None:
    assert other not in [entry.name for entry in G.fuzzy(name, country)]


def test_fuzzy_of_an_unknown_country_is_empty() -> None:
    assert G.fuzzy("Boulikessi", "QQ") == ()


def test_skeletons() -> None:
    assert skeleton("boulkessi") == skeleton("bulkessy")
    assert skeleton("al qamishli") == skeleton("kamichli")
    assert skeleton("banamba") != skeleton("bamba")


def test_starts_never_hides_a_name() -> None:
    for name in ("Mocímboa da Praia", "Deir ez-Zor", "Khan Sheikhoun", "Fada N'Gourma", "Democratic Republic of Congo"):
        words = fold(name).split()
        assert G.starts(words[0]) >= len(words), name
        assert len(words) <= G.longest
    assert G.starts("xyzzyqua") == 0


def test_size_stays_fit_for_a_wheel() -> None:
    assert module.DATA.stat().st_size < 25_000_000
    assert G.counts["entries"] > 250_000
    assert G.counts["site"] > 500
