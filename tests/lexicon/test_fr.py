"""What the French file tags: each row is a phrase as reporters write it and the tag that must be found on it."""

from __future__ import annotations

import pytest

from conflict_dedup.lexicon.language import END, Node, Tag, language, phrases, words

FRENCH = language("fr")


def tags(phrase: str) -> tuple[Tag, ...]:
    """The tags of exactly this phrase, none if the trie does not hold it."""
    node: Node = FRENCH.trie
    for token in words(phrase):
        if token not in node:
            return ()
        node = node[token]
    found: tuple[Tag, ...] = tuple(tag for _, tags in node.get(END, ()) for tag in tags)
    return found


def has(phrase: str, group: str, sign: str) -> bool:
    return any(tag.group == group and tag.sign == sign for tag in tags(phrase))


def longest(text: str, group: str) -> str:
    """The longest phrase of a group at the start of a text, as its tokens joined by spaces."""
    node: Node = FRENCH.trie
    tokens = words(text)
    found = ""
    for n, token in enumerate(tokens):
        if token not in node:
            break
        node = node[token]
        if any(name == group for name, _ in node.get(END, ())):
            found = " ".join(tokens[: n + 1])
    return found


TAGGED = [
    # bounds, elided or not
    ("au moins", "bound", "at_least"),
    ("pas moins d'", "bound", "at_least"),
    ("plus de", "bound", "more_than"),
    ("plus d’", "bound", "more_than"),
    ("jusqu'à", "bound", "at_most"),
    ("moins de", "bound", "fewer_than"),
    ("près d'", "bound", "about"),
    ("quelque", "bound", "about"),
    ("une vingtaine d'", "fixed", "about"),
    ("centaine", "fixed", "about"),
    ("des dizaines de", "vague", "vague"),
    # killed: avoir is active, être passive, in every tense and agreement
    ("ont tué", "killed", "act"),
    ("a également tué", "killed", "act"),
    ("tuant", "killed", "act"),
    ("tue", "killed", "act"),
    ("abattent", "killed", "act"),
    ("égorgèrent", "killed", "act"),
    ("avoir mis hors d'état de nuire", "killed", "act"),
    ("coûté la vie à", "killed", "act"),
    ("coûtant la vie aux", "killed", "act"),
    ("mort de", "killed", "act"),
    ("faisant", "killed", "act"),
    ("dans laquelle ont péri", "killed", "act"),
    ("été tuées", "killed", "pas"),
    ("furent tués", "killed", "pas"),
    ("ont péri", "killed", "pas"),
    ("périrent", "killed", "pas"),
    ("ont perdu la vie", "killed", "pas"),
    ("trouvé la mort", "killed", "pas"),
    ("y ont laissé la vie", "killed", "pas"),
    ("succombé à ses blessures", "killed", "pas"),
    ("n'ont pas survécu", "killed", "pas"),
    ("sont décédées", "killed", "pas"),
    ("tués", "killed", "amb"),
    ("tuée par balle", "killed", "amb"),
    ("tombés au champ d'honneur", "killed", "amb"),
    ("mis hors d’état de nuire", "killed", "amb"),
    ("brûlées vives", "killed", "amb"),
    ("morts", "killed", "noun"),
    ("corps sans vie", "killed", "noun"),
    ("pertes en vies humaines", "killed", "noun"),
    ("sans vie", "killed", "adj"),
    ("bilan encore provisoire", "killed", "toll"),
    ("nombre de victimes", "killed", "toll"),
    # injured
    ("ont blessé", "injured", "act"),
    ("blessant grièvement", "injured", "act"),
    ("blessées", "injured", "amb"),
    ("atteints par balles", "injured", "amb"),
    ("été grièvement blessés", "injured", "pas"),
    ("entre la vie et la mort", "injured", "pas"),
    ("pronostic vital engagé", "injured", "pas"),
    ("blessés graves", "injured", "noun"),
    # missing and abducted
    ("manquent toujours à l'appel", "missing", "pas"),
    ("sous les décombres", "missing", "pas"),
    ("sans nouvelles de", "missing", "act"),
    ("portée disparue", "missing", "amb"),
    ("enlèvement de", "abducted", "act"),
    ("ont pris en otage", "abducted", "act"),
    ("kidnappées", "abducted", "amb"),
    ("emmenés vers une destination inconnue", "abducted", "amb"),
    ("aux mains de leurs ravisseurs", "abducted", "pas"),
    ("otages", "abducted", "noun"),
    # people
    ("dépouilles", "people", "total"),
    ("éléments des FDS", "people", "soldiers"),
    ("casque bleu", "person", "soldiers"),
    ("forces de défense et de sécurité", "people", "soldiers"),
    ("maréchal des logis", "person", "police"),
    ("forces de l'ordre", "people", "police"),
    ("orpailleurs", "people", "civilians"),
    ("conducteur de taxi-moto", "person", "civilians"),
    ("coupeurs de route", "people", "militants"),
    ("hommes armés", "people", "militants"),
    ("éléments de Boko Haram", "people", "militants"),
    ("kamikazes", "people", "attackers"),
    ("nouveau-né", "person", "children"),
    ("fillettes", "people", "children"),
    ("femmes enceintes", "people", "women"),
    ("commerçante", "person", "women"),
    ("ressortissants chinois", "people", "foreigners"),
    ("envoyés spéciaux", "people", "journalists"),
    ("volontaires du Croissant-Rouge", "people", "aid_workers"),
    ("volontaires pour la défense de la patrie", "people", "other"),
    ("Koglweogo", "people", "other"),
    ("petits-enfants", "kin", "kin"),
    ("sœur", "kin1", "kin"),
    # the accent of a capital is often dropped
    ("Etat-major", "attribution.army", "army"),
    ("Eléments de l'armée", "people", "soldiers"),
    # what is counted and is no victim
    ("ans", "unit", "time"),
    ("kilomètres", "unit", "measure"),
    ("francs CFA", "unit", "money"),
    ("têtes de bétail", "unit", "thing"),
    ("figurants", "unit", "crowd"),
    # signs
    ("sains et saufs", "sign.released", "released"),
    ("interpellés", "sign.released", "released"),
    ("depuis le début de l'année", "sign.cumulative", "cumulative"),
    ("pourraient", "sign.hypothetical", "hypothetical"),
    ("accident de la route", "sign.nonconflict", "nonconflict"),
    ("voiture piégée", "sign.violent", "violent"),
    ("dont", "sign.subset", "subset"),
    ("parmi lesquelles", "sign.subset", "subset"),
    ("dans un premier temps", "sign.superseded", "superseded"),
    ("précédent bilan", "sign.superseded", "superseded"),
    ("s'est alourdi à", "sign.toll_verb", "toll_verb"),
    ("fait état d'", "sign.toll_verb", "toll_verb"),
    ("dans une autre attaque", "sign.separate", "separate"),
    ("un mois plus tôt", "sign.lookback", "lookback"),
    ("aucune victime", "sign.negated", "negated"),
    ("a-t-on appris", "sign.attribution_verb", "attribution_verb"),
    # who says so, what happened, who did it
    ("sources hospitalières", "attribution.hospital", "hospital"),
    ("source sécuritaire", "attribution.security_sources", "security_sources"),
    ("protection civile", "attribution.civil_defence", "civil_defence"),
    ("Nations unies", "attribution.UN", "UN"),
    ("attentat-suicide", "event.bombing", "bombing"),
    ("frappe de drone", "event.air_strike", "air_strike"),
    ("tirs de mortier", "event.shelling", "shelling"),
    ("accrochage", "event.battle", "battle"),
    ("exécutions sommaires", "event.massacre", "massacre"),
    ("prise d'otages", "event.hostage_taking", "hostage_taking"),
    ("guet-apens", "event.armed_attack", "armed_attack"),
    ("des hommes armés", "actor.gunmen", "gunmen"),
    ("a revendiqué", "actor.claim", "claim"),
    # dates
    ("aujourd'hui", "when", "article"),
    ("avant-hier", "when", "article"),
    ("la veille", "when", "event"),
    ("trois jours plus tard", "when", "event"),
    ("réveillon du nouvel an", "when", "holiday"),
    # place: "d'" loses its apostrophe before a name
    ("non loin d", "place.near", "near"),
    ("nord-est du", "place.near", "near"),
    ("chef-lieu", "place.kind", "kind"),
]


@pytest.mark.parametrize(("phrase", "group", "sign"), TAGGED)
def test_phrase_carries_its_tag(phrase: str, group: str, sign: str) -> None:
    assert has(phrase, group, sign), tags(phrase)


@pytest.mark.parametrize(
    ("phrase", "group", "sign"),
    [
        # "ont tué" takes its victim from what follows only, "ont péri" from what precedes.
        ("ont tué", "killed", "pas"),
        ("ont péri", "killed", "act"),
        # Detainees are no captives of an armed group, and the mine of gold no explosive.
        ("prisonniers", "abducted", "noun"),
        ("mine", "event.bombing", "bombing"),
        # "marché" is the market before it is a march, "exercice" the discharge of one's duties before a drill.
        ("marché", "sign.released", "released"),
        ("exercice", "sign.hypothetical", "hypothetical"),
        # "autres" modifies the noun that follows and must not stand for it.
        ("autres", "people", "total"),
        # "dans la nuit de lundi à mardi" is dated by its weekdays.
        ("dans la nuit", "when", "article"),
    ],
)
def test_phrase_does_not_carry_tag(phrase: str, group: str, sign: str) -> None:
    assert not has(phrase, group, sign)


def test_a_bare_of_leaves_the_noun_before_it_to_tell_what_the_name_is() -> None:
    assert FRENCH.leads["depuis"] == ("place.from",)
    assert not {"de", "d"} & FRENCH.leads.keys()
    assert not has("d'", "place.from", "from")


@pytest.mark.parametrize(
    ("text", "group", "expected"),
    [
        # The longer phrase corrects the shorter: losing one's life is not losing somebody.
        ("ont perdu la vie", "killed", "ont perdu la vie"),
        ("ont perdu douze hommes", "killed", "ont perdu"),
        # An article before a thing that only sounds like a person takes the whole thing.
        ("l'état-major général a annoncé", "det", "l ' état - major général"),
        ("la mort de douze soldats", "det", "la mort"),
        # Numbers that hyphens split.
        ("quatre-vingts morts", "number", "quatre - vingts"),
        ("dix-huit civils", "number", "dix - huit"),
        ("une demi-douzaine de corps", "fixed", "une demi - douzaine de"),
        ("des dizaines de milliers de personnes", "vague", "des dizaines de milliers de"),
    ],
)
def test_longest_phrase(text: str, group: str, expected: str) -> None:
    assert longest(text, group) == expected


@pytest.mark.parametrize(
    ("word", "kind", "value"),
    [
        ("une", "unit", 1),
        ("sept", "unit", 7),
        ("seize", "unit", 16),
        ("vingt", "ten", 20),
        ("soixante", "ten", 60),
        ("septante", "ten", 70),
        ("nonante", "ten", 90),
        ("cents", "hundred", 100),
        ("mille", "multiplier", 1000),
        ("milliards", "multiplier", 1_000_000_000),
        ("douzaines", "collective", 12),
    ],
)
def test_number_word(word: str, kind: str, value: int) -> None:
    assert FRENCH.numbers[word] == (kind, value)


@pytest.mark.parametrize(
    ("phrase", "group", "value"),
    [
        ("dix-sept", "number", 17),
        ("quatre-vingt", "number", 80),
        ("mille", "fixed", 1000),
        ("une demi-douzaine", "fixed", 6),
        ("un couple de", "fixed", 2),
        ("une cinquantaine de", "fixed", 50),
        ("un millier d'", "fixed", 1000),
        ("plusieurs", "vague", 3),
        ("plusieurs dizaines d'", "vague", 24),
        ("des centaines de", "vague", 200),
    ],
)
def test_value_of_a_phrase(phrase: str, group: str, value: int) -> None:
    assert [tag.value for tag in tags(phrase) if tag.group == group] == [value]


def test_no_month_or_weekday_hides_a_number() -> None:
    """ "sept" is seven: as a short form of September it would take seven soldiers for a date."""
    doubtful = FRENCH.sets["date.month_doubtful"]  # "22 sept.": a month beside a number alone
    assert not ((set(FRENCH.months) - doubtful) | set(FRENCH.weekdays)) & set(FRENCH.numbers)


def test_words_that_close_a_noun_phrase_are_no_people() -> None:
    """A word that ends the search for a noun must not be the noun."""
    closed = FRENCH.sets["aux"] | FRENCH.sets["relative"] | FRENCH.sets["conjunction"] | FRENCH.sets["preposition"]
    assert [w for w in sorted(closed) if {"people", "person"} & {t.group for t in tags(w)}] == []


def test_closed_classes_know_the_elided_forms() -> None:
    assert "d" in FRENCH.sets["preposition"]
    assert {"l", "l '"} <= FRENCH.sets["definite"]
    assert "qu" in FRENCH.sets["relative"]
    assert {"été", "furent", "ont"} <= FRENCH.sets["aux"]


def test_phrases_are_lower_case_and_single_spaced() -> None:
    """An upper-case letter or a doubled space would be a slip of the list, although the tokeniser forgives it."""
    lists = [text for table in ("killed", "injured", "sign", "unit", "event") for text in FRENCH.source[table].values()]
    for phrase in (p for text in lists for p in phrases(text)):
        assert phrase == phrase.lower()
        assert "  " not in phrase
