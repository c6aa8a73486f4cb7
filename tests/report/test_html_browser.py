"""The page in a real browser, Debian's Chromium without a window. Nothing is installed by these tests."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from conflict_dedup.model import Article, Estimate, Incident, Interval, Place, Report, Window
from conflict_dedup.report import PUBLISHERS

from .conftest import QUOTE, TEXT, make_figure, make_incident
from .test_html_page import many

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")

pytestmark = pytest.mark.skipif(
    not (BROWSER and DRIVER), reason="needs a browser: apt-get install chromium chromium-driver"
)
webdriver = pytest.importorskip("selenium.webdriver", reason="needs selenium: pip install --group test")

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1200,900",
)

EVIL = "<script>alert(1)</script>"
OPENED = "tr.detail"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('browser')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


def estimate(low: int, best: int, high: int, status: Any) -> Estimate:
    return Estimate(low=low, best=best, high=high, open=False, status=status, current=Interval(low, high))


def incidents() -> list[Incident]:
    day = dt.date(2021, 5, 7)
    return [
        make_incident(
            reports=(
                Report(article="a1", source="Radio Tamba", published=dt.date(2019, 11, 3), title=EVIL),
                Report(article="a2", source=EVIL, published=dt.date(2019, 11, 4), url="javascript:alert(1)"),
            ),
            figures=(make_figure(), make_figure(article="a2", value=9, low=9, high=9, bound="exact", category="women")),
        ),
        make_incident(
            id="af-kabul-2021",
            date=Window(start=day, end=day),
            place=Place(name="Kabul", country="AF", lat=34.5, lon=69.2),
            killed=estimate(2, 3, 4, "disputed"),
            event_type="bombing",
        ),
        make_incident(id="af-kabul-again", place=Place(name="Kabul", country="AF", lat=34.5, lon=69.2), killed=None),
        make_incident(id="nowhere", place=None, date=None, killed=estimate(400, 400, 400, "agreed")),
    ]


Open = Callable[..., Any]


@pytest.fixture(scope="module")
def content() -> bytes:
    return PUBLISHERS["html"](incidents(), {"a1": Article(id="a1", text=TEXT, title=EVIL)})


@pytest.fixture
def opened(browser: Any, content: bytes, tmp_path: Path) -> Iterator[Open]:
    """Opens a page of these incidents; at the end nothing was complained of, and nothing but the file was asked for."""
    browser.get("about:blank")
    for log in ("browser", "performance"):
        browser.get_log(log)

    def call(
        wanted: list[Incident] | None = None, address: str = "", *, width: int = 1200, scheme: str = "light"
    ) -> Any:
        path = tmp_path / "page.html"
        path.write_bytes(content if wanted is None else PUBLISHERS["html"](wanted, {}))
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        media = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},  # what glides past cannot be clicked
        ]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
        browser.get("about:blank")
        browser.get(path.as_uri() + address)
        until(lambda: browser.execute_script("return document.documentElement.dataset.ready === 'yes'"))
        return browser

    yield call
    assert browser.get_log("browser") == []
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]
    assert asked
    assert not [url for url in asked if not url.startswith((tmp_path.as_uri(), "about:", "blob:", "data:"))]


def until(condition: Callable[[], Any], seconds: float = 10.0) -> None:
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "waited in vain"
        time.sleep(0.02)


def found(page: Any, selector: str) -> list[Any]:
    elements: list[Any] = page.find_elements("css selector", selector)
    return elements


def shown(page: Any, selector: str) -> list[Any]:
    return [element for element in found(page, selector) if element.is_displayed()]


def ids(page: Any) -> list[str]:
    return [row.get_attribute("id") for row in shown(page, "tbody tr[data-number]")]


def press(page: Any, *keys: str) -> None:
    webdriver.ActionChains(page).send_keys(*keys).perform()


def fill(page: Any, name: str, value: str) -> None:
    page.execute_script(
        "const input = document.forms[0].elements[arguments[0]]; input.value = arguments[1];"
        "input.dispatchEvent(new Event('input', {bubbles: true}));",
        name,
        value,
    )


def sort_by(page: Any, column: str) -> list[str]:
    found(page, f"th[data-sort={column}] button")[0].click()
    return ids(page)


def test_as_many_circles_as_incidents_with_a_place(opened: Open) -> None:
    page = opened()
    assert len(shown(page, ".spots .disc")) == len(shown(page, ".spots .ring")) == 3
    frame = found(page, "#map > svg")[0].rect
    for circle in found(page, ".spots .disc"):
        box = circle.rect
        assert frame["x"] < box["x"] + box["width"] / 2 < frame["x"] + frame["width"]
        assert frame["y"] < box["y"] + box["height"] / 2 < frame["y"] + frame["height"]
    assert "1 incident without a position" in found(page, ".legend")[0].text


def test_a_page_of_nothing_says_so(opened: Open) -> None:
    page = opened([])
    assert found(page, "h1")[0].text == "No incidents"
    assert not shown(page, "section")
    assert "Nothing of what was read tells of an incident" in found(page, "main")[0].text


def test_sorting(opened: Open) -> None:
    page = opened()
    mali, kabul, again, nowhere = (incident.id for incident in incidents())
    assert ids(page) == [mali, kabul, again, nowhere]
    assert sort_by(page, "killed") == [nowhere, mali, kabul, again], "what is not known last"
    assert sort_by(page, "killed") == [kabul, mali, nowhere, again]
    assert sort_by(page, "date") == [mali, again, kabul, nowhere]
    assert sort_by(page, "date") == [kabul, mali, again, nowhere]
    assert [th.get_attribute("aria-sort") for th in found(page, "th[aria-sort]")] == ["descending"]
    assert sort_by(page, "place")[0] == mali
    assert sort_by(page, "place")[0] == nowhere, "place unknown"


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [
        ("words", "kabul", [1, 2]),
        ("words", "MENAKA tamba", [0]),
        ("words", "nothing such", []),
        ("country", "Afghanistan", [1, 2]),
        ("type", "bombing", [1]),
        ("status", "disputed", [1]),
        ("since", "2020-01-01", [1]),
        ("until", "2020-01-01", [0, 2]),
        ("killed", "54", [0, 3]),
        ("sources", "2", []),
    ],
)
def test_filtering(opened: Open, name: str, value: str, left: list[int]) -> None:
    page = opened()
    fill(page, name, value)
    assert ids(page) == [incidents()[number].id for number in left]
    assert len(shown(page, ".spots .disc")) == len([number for number in left if number != 3]), "and circles alike"
    assert found(page, ".shown")[0].text.startswith(f"{len(left)} of 4 shown")
    assert len(shown(page, ".none")) == (not left)
    found(page, "button[type=reset]")[0].click()
    until(lambda: len(ids(page)) == 4)
    assert found(page, ".shown")[0].text == "4 shown, killed 442–458+"


def test_a_quotation_opens(opened: Open) -> None:
    page = opened()
    found(page, "tbody .c-place button")[0].click()
    assert len(shown(page, OPENED)) == 1
    assert not shown(page, "blockquote")
    found(page, ".figure summary")[0].click()
    (quote,) = shown(page, "blockquote")
    assert quote.text == TEXT.partition("\n\n")[0]
    assert found(page, "blockquote mark")[0].text == QUOTE
    assert "Some articles were not at hand" in found(page, OPENED)[0].text
    found(page, "tbody .c-place button")[0].click()
    assert not found(page, OPENED)


def test_a_mark_of_the_chart_shows_its_figure(opened: Open) -> None:
    page = opened(address=f"#{incidents()[0].id}")
    assert len(shown(page, ".toll")) == 1
    points = shown(page, ".toll [role=button]")
    assert [point.get_attribute("aria-label") for point in points] == [
        "at least 53, Radio Tamba, 3 Nov 2019",
        f"exactly 9, {EVIL}, 4 Nov 2019",
    ]
    assert shown(page, ".toll .band")
    assert {text.text for text in shown(page, ".toll text.end")} == {"high 54+", "low 40"}
    page.execute_script("arguments[0].focus()", points[0])
    press(page, "\ue007")
    assert shown(page, "details.lit blockquote")


def test_what_an_article_says_is_text(opened: Open) -> None:
    page = opened(address=f"#{incidents()[0].id}")
    assert EVIL in [title.text for title in shown(page, ".report .title")]
    assert any(EVIL in heading.text for heading in shown(page, ".report h4"))
    assert len(found(page, "script")) == 2
    assert not found(page, ".report a")


def test_the_policy_stops_what_gets_in(opened: Open, browser: Any) -> None:
    page = opened()
    page.execute_script(
        "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s);"
        "const i = new Image(); i.src = 'https://news.example/x.png'; document.body.append(i);"
    )
    assert page.execute_script("return window.ran") is None
    until(lambda: page.execute_script("return document.images[0].complete"))
    complaints = [entry["message"] for entry in browser.get_log("browser")]
    assert complaints
    assert all("Content Security Policy" in complaint for complaint in complaints)
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    failed = [event["params"] for event in events if event["method"] == "Network.loadingFailed"]
    assert [failure["blockedReason"] for failure in failed] == ["csp"]
    page.refresh()


def test_numbers_in_a_narrow_chart_keep_off_the_names_of_the_range(opened: Open) -> None:
    days = [dt.date(2019, 11, day) for day in (3, 4, 5, 6)]
    incident = make_incident(
        killed=estimate(1200, 1290, 1316, "disputed"),
        reports=tuple(Report(article=f"r{n}", source=f"Outlet {n}", published=day) for n, day in enumerate(days)),
        figures=tuple(
            make_figure(article=f"r{n}", category="total", value=value, low=value, high=value, bound="exact")
            for n, value in enumerate((1200, 1316, 1250, 1290))
        ),
    )
    page = opened([incident], f"#{incident.id}", width=400)
    numbers, ends = shown(page, ".toll text.number"), shown(page, ".toll text.end")
    assert [number.text for number in numbers] == ["1,200", "1,316", "1,250", "1,290"]
    assert max(n.rect["x"] + n.rect["width"] for n in numbers) <= min(end.rect["x"] for end in ends)


def test_one_place_is_named_once(opened: Open) -> None:
    names = [text.text for text in shown(opened(), ".towns text")]
    assert sorted(names) == ["Indelimane", "Kabul"]


def test_circles_at_one_place_ask_which(opened: Open) -> None:
    page = opened()
    webdriver.ActionChains(page).move_to_element(found(page, ".spot[data-number='1'] .ring")[0]).click().perform()
    buttons = shown(page, ".chooser button")
    assert len(buttons) == 2
    buttons[0].click()
    assert found(page, "tr.opened")[0].get_attribute("id") == "af-kabul-2021"


def test_the_map_zooms_and_goes_back(opened: Open) -> None:
    page = opened()
    svg = found(page, "#map > svg")[0]
    before, size = svg.get_dom_attribute("viewBox"), found(page, ".spot[data-number='0'] .ring")[0].rect["width"]
    for _ in range(3):
        found(page, ".zoom [data-zoom=in]")[0].click()
    wide = [float(box.split()[2]) for box in (before, svg.get_dom_attribute("viewBox"))]
    assert wide[0] > 5 * wide[1]
    assert found(page, ".spot[data-number='0'] .ring")[0].rect["width"] < 2 * size, "circles do not swell with it"
    found(page, ".zoom [data-zoom=all]")[0].click()
    assert svg.get_dom_attribute("viewBox") == before


def test_the_keyboard_alone(opened: Open) -> None:
    page = opened()
    page.execute_script("document.querySelector('.spot[tabindex=\"0\"]').focus()")
    active = "return document.activeElement.closest('[data-number]')?.dataset.number"
    assert page.execute_script(active) == "0"
    assert "Indelimane" in shown(page, ".tip")[0].text
    press(page, "\ue014")  # right
    assert page.execute_script(active) == "1"
    press(page, "+", "\ue012")  # and left
    assert page.execute_script(active) == "0"
    press(page, "\ue007")  # enter
    assert found(page, "tr.opened")[0].get_attribute("id") == incidents()[0].id
    assert page.switch_to.active_element.get_attribute("aria-expanded") == "true"
    press(page, "\ue007")
    assert not found(page, "tr.opened")


@pytest.mark.parametrize("width", [360, 700, 1000, 1600])
def test_nothing_is_wider_than_the_screen(opened: Open, width: int) -> None:
    page = opened(address=f"#{incidents()[0].id}", width=width)
    assert page.execute_script("return document.documentElement.scrollWidth") <= width
    assert shown(page, ".toll svg")


def test_dark_is_dark(opened: Open) -> None:
    ground = "return getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
    assert min(opened().execute_script(ground)) > 200
    assert max(opened(scheme="dark").execute_script(ground)) < 60


def test_two_thousand_incidents_can_be_worked_with(opened: Open) -> None:
    page = opened(many(2000)[0])
    assert len(found(page, ".spots .disc")) == 2000
    began = time.monotonic()
    fill(page, "words", "77")
    count = page.execute_script("return document.querySelectorAll('tbody tr[data-number]:not([hidden])').length")
    assert count == len([number for number in range(2000) if "77" in str(number)])
    assert time.monotonic() - began < 3
