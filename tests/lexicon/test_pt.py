"""What the Portuguese file tags: each row is a phrase as reporters write it and the tag that must be found on it."""

from __future__ import annotations

import re
import sys
from importlib import resources
from typing import Any

import pytest

from conflict_dedup.lexicon.completeness import OPTIONAL
from conflict_dedup.lexicon.language import END, Language, Node, Tag, language, phrases, words

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def portuguese() -> Language:
    """The file itself, whether or not texts are yet detected as Portuguese."""
    path = resources.files("conflict_dedup.lexicon") / "lang" / "pt.toml"
    source: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return Language(source)


PORTUGUESE = portuguese()


def tags(phrase: str) -> tuple[Tag, ...]:
    """The tags of exactly this phrase, none if the trie does not hold it."""
    node: Node = PORTUGUESE.trie
    for token in words(phrase):
        if token not in node:
            return ()
        node = node[token]
    return tuple(tag for _, found in node.get(END, ()) for tag in found)


def has(phrase: str, group: str, sign: str) -> bool:
    return any(tag.group == group and tag.sign == sign for tag in tags(phrase))


TAGGED = [
    # bounds
    ("pelo menos", "bound", "at_least"),
    ("ao menos", "bound", "at_least"),
    ("não menos de", "bound", "at_least"),
    ("mais de", "bound", "more_than"),
    ("acima dos", "bound", "more_than"),
    ("ultrapassa os", "bound", "more_than"),
    ("até", "bound", "at_most"),
    ("menos de", "bound", "fewer_than"),
    ("não passam de", "bound", "at_most"),
    ("cerca de", "bound", "about"),
    ("perto dos", "bound", "about"),
    ("na ordem dos", "bound", "about"),
    ("umas", "bound", "about"),
    ("e tal", "after", "about"),
    ("ou mais", "after", "at_least"),
    # killed, in either order, every number and gender
    ("matou", "killed", "act"),
    ("matam", "killed", "act"),
    ("matando a tiros", "killed", "act"),
    ("ter morto", "killed", "act"),
    ("terão matado", "killed", "act"),
    ("custou a vida a", "killed", "act"),
    ("ceifando a vida de", "killed", "act"),
    ("morte de", "killed", "act"),
    ("já fez", "killed", "act"),
    ("morreram", "killed", "act"),
    ("morreram", "killed", "pas"),
    ("morre", "killed", "act"),
    ("tinham morrido", "killed", "pas"),
    ("perderam a vida", "killed", "act"),
    ("perde a vida", "killed", "pas"),
    ("vieram a óbito", "killed", "pas"),
    ("não resistiu", "killed", "pas"),
    ("não resistiu aos ferimentos", "killed", "pas"),
    ("tombaram em combate", "killed", "pas"),
    ("foram mortos", "killed", "pas"),
    ("encontradas sem vida", "killed", "pas"),
    ("assassinadas", "killed", "amb"),
    ("morta a tiros", "killed", "amb"),
    ("mortos em confronto", "killed", "amb"),
    ("queimadas vivas", "killed", "amb"),
    ("mortalmente baleado", "killed", "amb"),
    ("mortos", "killed", "noun"),
    ("morta", "killed", "adj"),
    ("sem vida", "killed", "adj"),
    ("vítimas mortais", "killed", "noun"),
    ("vítimas fatais", "killed", "noun"),
    ("óbitos", "killed", "noun"),
    ("número de mortos", "killed", "toll"),
    ("balanço", "killed", "toll"),
    # injured
    ("feriu", "injured", "act"),
    ("baleando", "injured", "act"),
    ("esfaqueia", "injured", "act"),
    ("feridas", "injured", "amb"),
    ("baleadas", "injured", "amb"),
    ("atingido por estilhaços", "injured", "amb"),
    ("gravemente feridos", "injured", "amb"),
    ("ficaram feridos", "injured", "pas"),
    ("sofreram ferimentos", "injured", "pas"),
    ("deram entrada no hospital", "injured", "pas"),
    ("em estado grave", "injured", "pas"),
    ("continuam internados", "injured", "pas"),
    ("feridos ligeiros", "injured", "noun"),
    ("os feridos", "injured", "toll"),
    # missing and abducted
    ("desapareceram", "missing", "pas"),
    ("em paradeiro desconhecido", "missing", "pas"),
    ("ainda não foram encontrados", "missing", "pas"),
    ("buscas por", "missing", "act"),
    ("soterradas", "missing", "amb"),
    ("raptaram", "abducted", "act"),
    ("sequestrando", "abducted", "act"),
    ("levaram consigo", "abducted", "act"),
    ("fizeram reféns", "abducted", "act"),
    ("levadas à força", "abducted", "amb"),
    ("raptadas", "abducted", "amb"),
    ("em cativeiro", "abducted", "pas"),
    ("reféns", "abducted", "noun"),
    # people, Portugal, Brazil and Africa
    ("pms", "people", "police"),
    ("policiais militares", "people", "police"),
    ("polícias", "people", "police"),
    ("sargento da polícia militar", "person", "police"),
    ("elementos das fds", "people", "soldiers"),
    ("fuzileiros navais", "people", "soldiers"),
    ("tenente-coronel", "person", "soldiers"),
    ("capacetes azuis", "people", "soldiers"),
    ("camponesas", "people", "civilians"),
    ("trabalhadores rurais", "people", "civilians"),
    ("moradora", "person", "civilians"),
    ("motoristas", "people", "civilians"),
    ("cidadãos", "people", "civilians"),
    ("garimpeiros", "people", "civilians"),
    ("insurgentes", "people", "militants"),
    ("integrantes de uma facção", "people", "militants"),
    ("traficantes", "people", "militants"),
    ("malfeitores", "people", "militants"),
    ("presumíveis terroristas", "people", "militants"),
    ("bombistas suicidas", "people", "attackers"),
    ("homens-bomba", "people", "attackers"),
    ("menores de idade", "people", "children"),
    ("raparigas", "people", "children"),
    ("menina", "person", "children"),
    ("mulheres grávidas", "people", "women"),
    ("turistas estrangeiros", "people", "foreigners"),
    ("repórteres de imagem", "people", "journalists"),
    ("trabalhadores humanitários", "people", "aid_workers"),
    ("reclusos", "people", "other"),
    ("vereador", "person", "other"),
    ("filhos", "kin", "kin"),
    ("esposa", "kin1", "kin"),
    # what is counted and is no victim
    ("quilómetros", "unit", "measure"),
    ("quilômetros", "unit", "measure"),
    ("por cento", "unit", "measure"),
    ("anos", "unit", "time"),
    ("milhões de reais", "unit", "money"),
    ("meticais", "unit", "money"),
    ("palhotas", "unit", "thing"),
    ("fuzis", "unit", "thing"),
    ("detidos", "unit", "crowd"),
    # signs
    ("ilesa", "sign.released", "released"),
    ("desde outubro", "sign.cumulative", "cumulative"),
    ("poderia", "sign.hypothetical", "hypothetical"),
    ("terramoto", "sign.nonconflict", "nonconflict"),
    ("terremoto", "sign.nonconflict", "nonconflict"),
    ("guarda-redes", "sign.fiction", "fiction"),
    ("entre elas", "sign.subset", "subset"),
    ("dos quais", "sign.subset", "subset"),
    ("num primeiro momento", "sign.superseded", "superseded"),
    ("passou de", "sign.superseded", "superseded"),
    ("subiu para", "sign.toll_verb", "toll_verb"),
    ("noutro ataque", "sign.separate", "separate"),
    ("no ano passado", "sign.lookback", "lookback"),
    ("não houve", "sign.negated", "negated"),
    ("de acordo com", "sign.attribution_verb", "attribution_verb"),
    # who says so, what happened, who did it
    ("defensoria pública", "attribution.government", "government"),
    ("corpo de bombeiros", "attribution.civil_defence", "civil_defence"),
    ("nações unidas", "attribution.UN", "UN"),
    ("régulo", "attribution.local_official", "local_official"),
    ("carro armadilhado", "event.bombing", "bombing"),
    ("engenho explosivo", "event.bombing", "bombing"),
    ("ataque aéreo", "event.air_strike", "air_strike"),
    ("morteiros", "event.shelling", "shelling"),
    ("troca de tiros", "event.battle", "battle"),
    ("chacina", "event.massacre", "massacre"),
    ("rapto", "event.hostage_taking", "hostage_taking"),
    ("emboscada", "event.armed_attack", "armed_attack"),
    ("reivindicou", "actor.claim", "claim"),
    ("facções criminosas", "actor.gangs", "gangs"),
    # place
    ("posto administrativo", "place.kind", "kind"),
    ("nos arredores de", "place.near", "near"),
    ("a norte de", "place.near", "near"),
    ("fronteira", "place.border", "border"),
]


@pytest.mark.parametrize(("phrase", "group", "sign"), TAGGED)
def test_phrase_carries_its_tag(phrase: str, group: str, sign: str) -> None:
    assert has(phrase, group, sign), tags(phrase)


@pytest.mark.parametrize(
    ("phrase", "group", "sign"),
    [
        # A verb with an object never takes its victim from before it.
        ("matou", "killed", "pas"),
        ("feriu", "injured", "pas"),
        ("ter morto", "killed", "pas"),
        # Nouns that look like a verb: the massacre and the justice of the courts kill nobody that follows.
        ("chacina", "killed", "act"),
        ("justiça", "killed", "act"),
        # Police "capture" suspects; only armed groups' own verbs are abduction.
        ("capturaram", "abducted", "act"),
        # "Foram levados ao hospital" is no abduction.
        ("levados", "abducted", "amb"),
        # "Se" is the reflexive pronoun in every other sentence, "caso" a case.
        ("se", "sign.hypothetical", "hypothetical"),
        ("caso", "sign.hypothetical", "hypothetical"),
        # Feminines that are countries.
        ("síria", "person", "total"),
        ("índia", "person", "civilians"),
        # Safety and politics are no persons.
        ("segurança", "person", "other"),
        ("política", "person", "other"),
        # "Pelos 12 soldados" is "by", not "some".
        ("pelos", "bound", "about"),
        # "Segundo a polícia" is "according to".
        ("segundo", "unit", "time"),
    ],
)
def test_phrase_does_not_carry_tag(phrase: str, group: str, sign: str) -> None:
    assert not has(phrase, group, sign)


@pytest.mark.parametrize(
    ("word", "kind", "value"),
    [
        ("dois", "unit", 2),
        ("duas", "unit", 2),
        ("uma", "unit", 1),
        ("catorze", "unit", 14),
        ("quatorze", "unit", 14),
        ("dezesseis", "unit", 16),
        ("dezasseis", "unit", 16),
        ("cinquenta", "ten", 50),
        ("cem", "ten", 100),
        ("duzentas", "ten", 200),
        ("quinhentos", "ten", 500),
        ("mil", "multiplier", 1000),
        ("milhões", "multiplier", 1_000_000),
        ("dúzias", "collective", 12),
        ("centenas", "collective", 100),
    ],
)
def test_number_word(word: str, kind: str, value: int) -> None:
    assert tuple(PORTUGUESE.numbers[word]) == (kind, value)


@pytest.mark.parametrize(
    ("phrase", "tag"),
    [
        ("cento e", Tag("number", "ten", 100)),
        ("trezentos e", Tag("number", "ten", 300)),
        ("mil milhões", Tag("number", "multiplier", 1_000_000_000)),
        ("meia dúzia", Tag("fixed", "fixed", 6)),
        ("um casal", Tag("fixed", "fixed", 2)),
        ("uma dezena", Tag("fixed", "about", 10)),
        ("uma vintena de", Tag("fixed", "about", 20)),
        ("da centena", Tag("fixed", "about", 100)),
        ("meia centena", Tag("fixed", "about", 50)),
        ("meio milhar", Tag("fixed", "about", 500)),
        ("dezenas", Tag("vague", "vague", 24)),
        ("vários", Tag("vague", "vague", 3)),
        ("centenas", Tag("vague", "vague", 200)),
        ("milhares", Tag("vague", "vague", 2000)),
        ("outra", Tag("det", "ordinal")),
        ("um", Tag("det", "article")),
        ("dos", Tag("det", "definite")),
        ("ontem à noite", Tag("when", "article", -1, -1)),
        ("na semana passada", Tag("when", "last_week", -13, -3)),
        ("na véspera", Tag("when", "event", -1, -1)),
        ("no dia seguinte", Tag("when", "event", 1, 1)),
        ("véspera de natal", Tag("when", "holiday", 12, 24)),
    ],
)
def test_number_and_date_phrase(phrase: str, tag: Tag) -> None:
    assert tag in tags(phrase)


def test_cento_alone_is_no_number() -> None:
    # "30 por cento dos soldados" would count a hundred soldiers.
    assert "cento" not in PORTUGUESE.numbers
    assert not any(tag.group == "number" for tag in tags("cento"))


def test_dates_and_marks() -> None:
    assert PORTUGUESE.weekdays["terça"] == PORTUGUESE.weekdays["terca"] == 1
    assert PORTUGUESE.weekdays["sexta"] == 4
    assert PORTUGUESE.months["março"] == 3
    assert has("há", "ago", "before")
    assert has("faz", "ago", "before")
    assert "atrás" in PORTUGUESE.sets["date.ago"]
    assert "mais tarde" in PORTUGUESE.sets["date.later"]
    assert (PORTUGUESE.decimal, PORTUGUESE.thousands, PORTUGUESE.day_first) == (",", ".,", True)


def test_contracted_prepositions_are_known() -> None:
    assert {"do", "na", "pelos", "num", "deles", "nesta", "à"} <= PORTUGUESE.sets["preposition"]


def test_same_tables_and_keys_as_english() -> None:
    english = language("en").source
    for table, keys in english.items():
        assert table in PORTUGUESE.source
        for key, value in keys.items():
            assert key in PORTUGUESE.source[table] or f"{table}.{key}" in OPTIONAL, f"[{table}] {key}"
            if isinstance(value, dict) and table == "people":
                assert set(value) == set(PORTUGUESE.source[table][key])


def test_phrases_are_lower_case_and_whole() -> None:
    def walk(value: object) -> list[str]:
        if isinstance(value, dict):
            return [text for part in value.values() for text in walk(part)]
        return [value] if isinstance(value, str) else []

    for name, table in PORTUGUESE.source.items():
        if name == "language":
            continue
        for text in walk(table):
            for phrase in phrases(text):
                assert phrase == phrase.lower(), phrase
                assert not re.search(r"\s{2}|[\"“”*]|\b(\w+) \1\b", phrase), phrase
