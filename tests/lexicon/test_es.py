"""What the Spanish file tags: each row is a phrase as reporters write it and the tag that must be found on it."""

from __future__ import annotations

import re

import pytest

from conflict_dedup.lexicon.completeness import OPTIONAL
from conflict_dedup.lexicon.language import END, Node, Tag, language, phrases, words

SPANISH = language("es")


def tags(phrase: str) -> tuple[Tag, ...]:
    """The tags of exactly this phrase, none if the trie does not hold it."""
    node: Node = SPANISH.trie
    for token in words(phrase):
        if token not in node:
            return ()
        node = node[token]
    found: tuple[Tag, ...] = tuple(tag for _, tags in node.get(END, ()) for tag in tags)
    return found


def has(phrase: str, group: str, sign: str) -> bool:
    return any(tag.group == group and tag.sign == sign for tag in tags(phrase))


TAGGED = [
    # bounds
    ("al menos", "bound", "at_least"),
    ("no menos de", "bound", "at_least"),
    ("por lo menos unos", "bound", "at_least"),
    ("más de", "bound", "more_than"),
    ("supera los", "bound", "more_than"),
    ("hasta", "bound", "at_most"),
    ("menos de", "bound", "fewer_than"),
    ("cerca de", "bound", "about"),
    ("unas", "bound", "about"),
    ("y pico", "after", "about"),
    ("o más", "after", "at_least"),
    # killed, in either order, every number and gender
    ("mató a", "killed", "act"),
    ("matan a", "killed", "act"),
    ("asesinaron a", "killed", "act"),
    ("abatiendo a", "killed", "act"),
    ("dio de baja a", "killed", "act"),
    ("cobrándose la vida de", "killed", "act"),
    ("costó la vida a", "killed", "act"),
    ("dio muerte a", "killed", "act"),
    ("muerte de", "killed", "act"),
    ("neutralización de", "killed", "act"),
    ("murieron", "killed", "act"),
    ("murieron", "killed", "pas"),
    ("mueren", "killed", "act"),
    ("falleciera", "killed", "pas"),
    ("perdieron la vida", "killed", "act"),
    ("pierden la vida", "killed", "pas"),
    ("han muerto", "killed", "act"),
    ("cayeron", "killed", "pas"),
    ("no resistió", "killed", "pas"),
    ("asesinadas", "killed", "amb"),
    ("ultimado a tiros", "killed", "amb"),
    ("dados de baja", "killed", "amb"),
    ("muertos", "killed", "noun"),
    ("muerta", "killed", "adj"),
    ("sin vida", "killed", "adj"),
    ("víctimas mortales", "killed", "noun"),
    ("víctimas fatales", "killed", "noun"),
    ("bajas mortales", "killed", "noun"),
    ("cifra de fallecidos", "killed", "toll"),
    ("número de personas asesinadas", "killed", "toll"),
    ("balance", "killed", "toll"),
    # injured
    ("hirió a", "injured", "act"),
    ("heridas", "injured", "amb"),
    ("lesionados", "injured", "noun"),
    ("heridos de bala", "injured", "noun"),
    ("sufrieron heridas", "injured", "pas"),
    ("siguen ingresados", "injured", "pas"),
    ("en estado crítico", "injured", "pas"),
    ("los heridos", "injured", "toll"),
    # missing and abducted
    ("desaparecieron", "missing", "pas"),
    ("en paradero desconocido", "missing", "pas"),
    ("se desconoce el paradero de", "missing", "act"),
    ("sin aparecer", "missing", "pas"),
    ("retuvieron a", "abducted", "act"),
    ("se llevaron a", "abducted", "act"),
    ("raptados", "abducted", "amb"),
    ("llevados por la fuerza", "abducted", "amb"),
    ("rehenes", "abducted", "noun"),
    # people
    ("uniformados", "people", "police"),
    ("agente de policía", "person", "police"),
    ("soldados profesionales", "people", "soldiers"),
    ("infantes de marina", "people", "soldiers"),
    ("teniente coronel", "person", "soldiers"),
    ("comuneros", "people", "civilians"),
    ("campesina", "person", "civilians"),
    ("líderes sociales", "people", "civilians"),
    ("sicarios", "people", "militants"),
    ("delincuentes terroristas", "people", "militants"),
    ("presuntos sicarios", "people", "militants"),
    ("terroristas suicidas", "people", "attackers"),
    ("menores de edad", "people", "children"),
    ("niña", "person", "children"),
    ("mujeres", "people", "women"),
    ("garimpeiros", "people", "civilians"),
    ("turistas extranjeros", "people", "foreigners"),
    ("camarógrafo", "person", "journalists"),
    ("cascos blancos", "people", "aid_workers"),
    ("reclusos", "people", "other"),
    ("guía penitenciario", "person", "other"),
    ("hijos", "kin", "kin"),
    ("esposa", "kin1", "kin"),
    # what is counted and is no victim
    ("kilómetros", "unit", "measure"),
    ("años", "unit", "time"),
    ("millones de pesos", "unit", "money"),
    ("viviendas", "unit", "thing"),
    ("detenidos", "unit", "crowd"),
    # signs
    ("ilesa", "sign.released", "released"),
    ("en lo que va del año", "sign.cumulative", "cumulative"),
    ("podría", "sign.hypothetical", "hypothetical"),
    ("terremoto", "sign.nonconflict", "nonconflict"),
    ("entre ellas", "sign.subset", "subset"),
    ("de los cuales", "sign.subset", "subset"),
    ("en un primer momento", "sign.superseded", "superseded"),
    ("pasó de", "sign.superseded", "superseded"),
    ("asciende a", "sign.toll_verb", "toll_verb"),
    ("elevó", "sign.toll_verb", "toll_verb"),
    ("en otro episodio", "sign.separate", "separate"),
    ("no hubo", "sign.negated", "negated"),
    ("de acuerdo con", "sign.attribution_verb", "attribution_verb"),
    # who says so, what happened, who did it
    ("fiscalía", "attribution.government", "government"),
    ("defensa civil", "attribution.civil_defence", "civil_defence"),
    ("naciones unidas", "attribution.UN", "UN"),
    ("carro bomba", "event.bombing", "bombing"),
    ("ataque aéreo", "event.air_strike", "air_strike"),
    ("mortero", "event.shelling", "shelling"),
    ("enfrentamientos", "event.battle", "battle"),
    ("matanza", "event.massacre", "massacre"),
    ("levantón", "event.hostage_taking", "hostage_taking"),
    ("balacera", "event.armed_attack", "armed_attack"),
    ("se adjudicó", "actor.claim", "claim"),
    ("pandilleros", "actor.gangs", "gangs"),
    # place
    ("vereda", "place.kind", "kind"),
    ("en las afueras de", "place.near", "near"),
]


@pytest.mark.parametrize(("phrase", "group", "sign"), TAGGED)
def test_phrase_carries_its_tag(phrase: str, group: str, sign: str) -> None:
    assert has(phrase, group, sign), tags(phrase)


@pytest.mark.parametrize(
    ("phrase", "group", "sign"),
    [
        # A verb with an object never takes its victim from before it.
        ("mató a", "killed", "pas"),
        ("hirió", "injured", "pas"),
        # Police "capture" suspects; only armed groups' own verbs are abduction.
        ("capturaron a", "abducted", "act"),
        ("capturados", "abducted", "amb"),
        # "contra" is the preposition, not the rebel; "mañana" is the morning, not tomorrow.
        ("contra", "person", "militants"),
        ("mañana", "when", "article"),
        # The day after is not "every day".
        ("al día", "sign.cumulative", "cumulative"),
        # "De los" alone stands in every second sentence.
        ("de los", "sign.superseded", "superseded"),
        # "Desde un cerro" is a place, no look back.
        ("desde", "sign.lookback", "lookback"),
    ],
)
def test_phrase_does_not_carry_tag(phrase: str, group: str, sign: str) -> None:
    assert not has(phrase, group, sign)


@pytest.mark.parametrize(
    ("word", "kind", "value"),
    [
        ("dos", "unit", 2),
        ("una", "unit", 1),
        ("dieciséis", "unit", 16),
        ("veintiún", "unit", 21),
        ("veintiséis", "unit", 26),
        ("treinta", "ten", 30),
        ("cien", "ten", 100),
        ("doscientas", "ten", 200),
        ("quinientos", "ten", 500),
        ("mil", "multiplier", 1000),
        ("millones", "multiplier", 1_000_000),
        ("docenas", "collective", 12),
        ("centenares", "collective", 100),
    ],
)
def test_number_word(word: str, kind: str, value: int) -> None:
    assert tuple(SPANISH.numbers[word]) == (kind, value)


@pytest.mark.parametrize(
    ("phrase", "tag"),
    [
        ("media docena", Tag("fixed", "fixed", 6)),
        ("una decena", Tag("fixed", "about", 10)),
        ("una veintena de", Tag("fixed", "about", 20)),
        ("un centenar", Tag("fixed", "about", 100)),
        ("medio millar de", Tag("fixed", "about", 500)),
        ("del centenar", Tag("fixed", "about", 100)),
        ("decenas", Tag("vague", "vague", 24)),
        ("varios", Tag("vague", "vague", 3)),
        ("centenares", Tag("vague", "vague", 200)),
        ("miles", Tag("vague", "vague", 2000)),
        ("otro", Tag("det", "ordinal")),
        ("un", Tag("det", "article")),
        ("al", Tag("det", "definite")),
        ("anoche", Tag("when", "article", -1, -1)),
        ("la semana pasada", Tag("when", "last_week", -13, -3)),
        ("la víspera", Tag("when", "event", -1, -1)),
        ("al día siguiente", Tag("when", "event", 1, 1)),
        ("nochebuena", Tag("when", "holiday", 12, 24)),
    ],
)
def test_number_and_date_phrase(phrase: str, tag: Tag) -> None:
    assert tag in tags(phrase)


def test_dates_and_marks() -> None:
    assert SPANISH.weekdays["miércoles"] == SPANISH.weekdays["miercoles"] == 2
    assert SPANISH.months["setiembre"] == SPANISH.months["septiembre"] == 9
    assert has("hace", "ago", "before")
    assert "atrás" in SPANISH.sets["date.ago"]
    assert (SPANISH.decimal, SPANISH.thousands, SPANISH.day_first) == (",", ".,", True)


def test_same_tables_and_keys_as_english() -> None:
    english = language("en").source
    for table, keys in english.items():
        assert table in SPANISH.source
        for key, value in keys.items():
            assert key in SPANISH.source[table] or f"{table}.{key}" in OPTIONAL, f"[{table}] {key}"
            if isinstance(value, dict) and table == "people":
                assert set(value) == set(SPANISH.source[table][key])


def test_phrases_are_lower_case_and_whole() -> None:
    def walk(value: object) -> list[str]:
        if isinstance(value, dict):
            return [text for part in value.values() for text in walk(part)]
        return [value] if isinstance(value, str) else []

    for name, table in SPANISH.source.items():
        if name == "language":
            continue
        for text in walk(table):
            for phrase in phrases(text):
                assert phrase == phrase.lower(), phrase
                assert not re.search(r"\s{2}|[\"“”*]", phrase), phrase
