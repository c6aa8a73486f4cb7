"""Who did it, and what kind of event it was, where only the verb of killing tells."""

from __future__ import annotations

import pytest

from conflict_dedup.extract import extract
from conflict_dedup.model import Article, Candidate

from .reading import SUNDAY


def told(text: str, lang: str) -> Candidate:
    (candidate,) = extract(Article(id="a", text=text, published=SUNDAY, lang=lang))
    return candidate


@pytest.mark.parametrize(
    ("lang", "text", "perpetrators", "kind"),
    [
        ("en", "Gunmen killed four people in Beni, DR Congo, on Monday.", ("gunmen",), "armed_attack"),
        ("en", "Suspected Boko Haram fighters killed 12 villagers in Gwoza.", ("Boko Haram",), "armed_attack"),
        ("en", "The Taliban killed seven policemen in Kunduz on Sunday.", ("Taliban",), "armed_attack"),
        ("en", "The militants have killed 12 people in Gao, Mali.", ("militants",), "armed_attack"),
        ("en", "Soldiers killed three people in Jenin on Sunday.", ("army",), "other"),
        ("en", "Three militants killed in a raid near Gao, the army said.", (), "armed_attack"),
        ("en", "Seven militants killed Monday in Gao, Mali.", (), "other"),
        ("en", "Seven militants were killed in Gao, Mali.", (), "other"),
        ("en", "Two men were killed by suspected al-Shabab militants in Bulo Burde.", ("al-Shabaab",), "armed_attack"),
        ("en", "The raid, blamed on the Allied Democratic Forces, killed nine in Beni.", ("ADF",), "armed_attack"),
        ("en", "Seven people were killed in an al-Shabab attack in Mogadishu.", ("al-Shabaab",), "armed_attack"),
        ("en", "Seven people died in a Taliban suicide bombing in Kabul.", ("Taliban",), "bombing"),
        (
            "en",
            "Boko Haram fighters attack a village near Chibok, killing 12.",
            ("Boko Haram",),
            "armed_attack",
        ),
        ("en", "Bandits raid village near Gusau, kill five.", ("gunmen",), "armed_attack"),
        ("en", "Three people died after militants attacked a bus near Mandera.", ("militants",), "armed_attack"),
        ("en", "Five were killed in Jos when a soldier opened fire.", ("army",), "armed_attack"),
        ("en", "Soldiers shelled a market in Omdurman, killing six.", ("army",), "shelling"),
        ("en", "Two soldiers killed in a shooting in Jos, Nigeria.", (), "armed_attack"),
        ("en", "Three died in an army base attack near Gao, Mali.", (), "armed_attack"),
        ("fr", "Douze soldats ont été tués dans une embuscade du JNIM près de Gao.", ("JNIM",), "armed_attack"),
        ("fr", "Douze civils tués dans une attaque de jihadistes près de Gao.", ("militants",), "armed_attack"),
        ("es", "Dos soldados murieron en un ataque de presuntos guerrilleros en Tibú.", ("militants",), "armed_attack"),
        ("es", "Tres guerrilleros murieron el lunes en Tibú.", (), "other"),
        ("pt", "Três soldados morreram numa emboscada de insurgentes em Macomia.", ("militants",), "armed_attack"),
        ("fr", "Des combattants du M23 ont tué 14 paysans près de Goma.", ("M23",), "armed_attack"),
        ("fr", "Trois jihadistes tués dans la ville de Gao, au Mali.", (), "other"),
        ("es", "Disidentes de las FARC mataron a tres policías en El Tambo.", ("FARC",), "armed_attack"),
        ("es", "Tres guerrilleros muertos en un combate en Tibú.", (), "battle"),
        ("pt", "Homens armados mataram quatro pessoas em Macomia.", ("gunmen",), "armed_attack"),
    ],
)
def test_who_did_it(lang: str, text: str, perpetrators: tuple[str, ...], kind: str) -> None:
    candidate = told(text, lang)
    assert (candidate.actors.perpetrators, candidate.event_type) == (perpetrators, kind)


def test_who_claims_it_did_it() -> None:
    candidate = told("Islamic State claimed responsibility for killing ten soldiers in Gao, Mali.", "en")
    assert (candidate.actors.claimed_by, candidate.actors.perpetrators) == (("Islamic State",), ())
