"""Made-up articles of about two thousand characters, as dense in figures, dates and places as agency reports are."""

from __future__ import annotations

import datetime as dt
import random

from conflict_dedup.model import Article

PLACES = (
    ("Gao", "Gao region", "Mali"),
    ("Djibo", "Sahel region", "Burkina Faso"),
    ("Maiduguri", "Borno state", "Nigeria"),
    ("Baidoa", "Bay region", "Somalia"),
    ("Bunia", "Ituri province", "DR Congo"),
    ("Quetta", "Balochistan province", "Pakistan"),
    ("Jalalabad", "Nangarhar province", "Afghanistan"),
    ("Kharkiv", "Kharkiv region", "Ukraine"),
    ("Deir ez-Zor", "Deir ez-Zor province", "Syria"),
    ("Toribío", "Cauca department", "Colombia"),
    ("Cotabato", "Maguindanao province", "the Philippines"),
    ("Sittwe", "Rakhine state", "Myanmar"),
)
DOERS = ("Gunmen", "Militants", "Unidentified armed men", "Insurgents", "Fighters on motorcycles", "Rebels")
DEEDS = ("attacked a military post", "ambushed a convoy", "raided a village", "opened fire on a market")
VICTIMS = ("soldiers", "civilians", "people", "villagers", "police officers", "traders")
SPEAKERS = ("the army", "a local official", "police", "a hospital source", "the governor", "residents")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
COLOUR = (
    "The road to the town was closed on the following morning and shops stayed shut, residents reached by telephone said.",
    "“We heard shooting from all sides and ran towards the river with what we could carry,” a shopkeeper said.",
    "The government has promised to send reinforcements to the area, where the state has been weak for many years.",
    "Relatives gathered in front of the hospital, waiting for news, while nurses asked passers-by to give blood.",
    "No group has claimed responsibility so far, but armed groups linked to the conflict are active in the district.",
    "An opposition leader called for an independent inquiry and asked why warnings had been ignored by the authorities.",
    "Schools will remain closed until the end of the week, the education office announced in a short statement.",
    "Analysts say that the armed groups move freely across the border and live on cattle theft and ransoms.",
    "The president cut short a visit abroad and declared three days of national mourning, state television reported.",
    "A curfew was imposed from dusk to dawn, and motorcycles were banned in five districts until further notice.",
)


def article(number: int, chance: random.Random) -> Article:
    """One article; the same number and seed give the same text."""
    place, region, country = chance.choice(PLACES)
    day, earlier = chance.sample(DAYS, 2)
    killed, injured = chance.randint(2, 60), chance.randint(2, 90)
    victims, speaker, other = chance.choice(VICTIMS), chance.choice(SPEAKERS), chance.choice(SPEAKERS)
    doer, deed = chance.choice(DOERS), chance.choice(DEEDS)
    near = chance.choice(("near", "in", "outside"))
    lead = (
        f"{place.upper()}, {country} - {doer} {deed} {near} {place}, in the {region}, on {day}, killing at least "
        f"{killed} {victims} and wounding {injured} others, {speaker} said."
    )
    body = [
        f"{other.capitalize()} put the toll at {killed + chance.randint(1, 9)} and said that "
        f"{chance.randint(2, 12)} people were still missing. Among the dead were {chance.randint(2, 6)} women and a "
        f"child.",
        f"It was the deadliest attack in the region since {earlier} last week, when {chance.randint(3, 20)} people were "
        f"killed in an ambush on the same road.",
        f"More than {chance.randint(2, 9)},000 people have been killed in {country} since {chance.randint(2009, 2016)}, "
        f"according to the United Nations, and some {chance.randint(100, 900)},000 have fled their homes.",
    ]
    colour = chance.sample(COLOUR, len(COLOUR))
    paragraphs = [lead]
    while sum(map(len, paragraphs)) < 1900 and (body or colour):
        if body:
            paragraphs.append(body.pop(0))
        for _ in range(3):
            if colour:
                paragraphs.append(colour.pop())
    published = dt.date(2024, 1, 1) + dt.timedelta(days=chance.randint(0, 300))
    return Article(
        id=f"b{number}",
        title=f"{doer} kill at least {killed} near {place}",
        text="\n\n".join(paragraphs),
        published=published,
        source=f"Outlet {number % 40}",
        lang="en",
    )


def articles(count: int, seed: int = 1) -> list[Article]:
    """So many articles, reproducibly."""
    chance = random.Random(seed)
    return [article(n, chance) for n in range(count)]
