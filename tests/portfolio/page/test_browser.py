"""Does a browser show the report without anything wider than a telephone?"""

import json
import os
import re
import shutil
import subprocess

import pytest

from matcher.language.text import LANGUAGES

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
WIDTH = 390
# The report has no script: the page around it measures it, tables unfolded.
AROUND = """<!doctype html><meta charset="utf-8"><body>
<iframe id="page" src="report.html" style="width:{width}px;height:3000px;border:0"></iframe>
<pre id="told"></pre><script>
document.getElementById("page").addEventListener("load", (event) => {{
  const inside = event.target.contentDocument;
  inside.querySelectorAll("details").forEach((one) => {{ one.open = true; }});
  const page = inside.documentElement;
  const wide = [...inside.body.querySelectorAll("*")].filter((one) =>
    !one.closest(".wide table, .skip, .defs") && one.getBoundingClientRect().right > {width} + 0.5);
  const bars = [...inside.querySelectorAll(".bar")].map((one) => one.getBoundingClientRect());
  const texts = [...inside.querySelectorAll("p, li, td, th")].map((one) =>
    parseFloat(inside.defaultView.getComputedStyle(one).fontSize));
  document.getElementById("told").textContent = JSON.stringify({{
    scroll: page.scrollWidth, client: page.clientWidth, height: page.scrollHeight,
    wide: wide.map((one) => one.tagName + " " + one.className),
    thin: bars.filter((box) => box.width < 200 || box.height < 8).length, bars: bars.length,
    smallest: Math.min(...texts),
    scripts: inside.scripts.length,
  }});
}});
</script>"""


@pytest.fixture(scope="module")
def measured(many, tmp_path_factory):
    """What a browser says of the report in a frame of some width."""
    if BROWSER is None and not os.environ.get("CI"):
        pytest.skip("no Chromium here")
    assert BROWSER, "CI has no Chromium: install it, the report is looked at nowhere else"
    folder = tmp_path_factory.mktemp("browser")

    def measure(lang, width=WIDTH):
        (folder / "report.html").write_text(many.page(lang), encoding="utf-8")
        around = folder / "around.html"
        around.write_text(AROUND.format(width=width), encoding="utf-8")
        options = [
            "--headless",
            "--hide-scrollbars",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
        ]
        options += ["--allow-file-access-from-files", "--virtual-time-budget=10000", "--dump-dom"]
        options += [f"--user-data-dir={folder / 'profile'}", "--window-size=1400,1000"]
        done = subprocess.run(
            [BROWSER, *options, around.as_uri()],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        told = re.search(r'<pre id="told">(\{.*?\})</pre>', done.stdout, re.DOTALL)
        assert told, done.stdout[-2000:]
        return json.loads(told[1])

    return measure


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_wider_than_a_telephone(measured, lang):
    told = measured(lang)
    assert told["scroll"] <= told["client"] == WIDTH
    assert not told["wide"]
    assert told["height"] > 3000
    assert told["bars"] > 40
    assert not told["thin"]
    assert told["smallest"] >= 12
    assert told["scripts"] == 0


def test_it_fits_a_narrow_window_and_a_wide_one(measured):
    for width in (320, 1200):
        told = measured("fr", width)
        assert told["scroll"] <= width
        assert not told["wide"]
