"""Takes docs/pictures/report.png: the page of samples/, with one incident open, as Chromium shows it.

Needs Chromium and its driver (``apt-get install chromium chromium-driver``), ``pip install --group test`` for selenium,
``pip install --group build`` for Pillow, and the extra ``report``.

    python tools/picture_of_report.py
"""

from __future__ import annotations

import base64
import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from selenium import webdriver

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "pictures" / "report.png"
WIDTH, HEIGHT, SCALE = 1180, 1990, 0.75
"""Of the window in pixels, and how much smaller the picture is."""
COLOURS = 256
SHOWN = "so-baidoa-2024-05-14"
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


def picture_of(page: Path, profile: str) -> bytes:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for flag in (*FLAGS, "--hide-scrollbars", f"--user-data-dir={profile}"):
        options.add_argument(flag)
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        size = {"width": WIDTH, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        browser.get(page.as_uri())
        while not browser.execute_script("return document.documentElement.dataset.ready"):
            pass
        browser.execute_script(
            "document.getElementById(arguments[0]).querySelector('button').click();"
            "document.querySelectorAll('details.figure')[1].open = true;",
            SHOWN,
        )
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT, "scale": SCALE}
        shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
    finally:
        browser.quit()
    return base64.b64decode(shot["data"])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "report.html")
        subprocess.run([sys.executable, "-m", "conflict_dedup", "run", "samples", "-o", page], cwd=ROOT, check=True)
        picture = Image.open(io.BytesIO(picture_of(page, folder))).convert("RGB")
        TARGET.parent.mkdir(exist_ok=True)
        small = picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        small.save(TARGET, optimize=True)
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
