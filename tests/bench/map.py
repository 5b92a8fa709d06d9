"""How fast the map is drawn and lit: `python -m tests.bench.map`.

The page of 7,500 ties in Chromium without a graphics card: from the moment its script has the data
to the frame that shows all lines, and how long one city takes to be lit. The page of 26,000 ties as
the server answers it, made anew each time, and right after the registry has changed.
"""

import argparse
import gzip
import json
import sys
import time
from statistics import median

from playwright.sync_api import Page, sync_playwright

from tests.bench.load import Client, measure
from tests.bench.server import serving
from tests.bench.worlds import environment, manage, move_on, world
from tests.browser import ARGUMENTS, chromium

PATH, DATA = "/es/mapa/", "/es/mapa.json"
MOST_PAINT, MOST_LIGHT = 300, 16
VISITS, LIT = 7, 40
TALL = {"width": 1280, "height": 900}
PAINTED = """
window.painted = new Promise((done) => {
  const look = () => performance.getEntriesByName("map-drawn").length
    ? requestAnimationFrame(() => done(performance.now())) : requestAnimationFrame(look);
  requestAnimationFrame(look);
});
"""
FIRST = """async () => {
  const painted = await window.painted, at = (name) => performance.getEntriesByName(name)[0];
  while (!at("first-contentful-paint")) await new Promise(requestAnimationFrame);
  return [at("first-contentful-paint").startTime, painted - at("map-data").startTime];
}"""
LIGHT = """(most) => {
  const frame = document.querySelector(".map-frame"), box = frame.getBoundingClientRect();
  const canvas = document.querySelectorAll(".atlas canvas")[1].getContext("2d");
  const times = [];
  for (let n = 0; n < most; n++) {
    const from = performance.now();
    frame.dispatchEvent(new PointerEvent("pointermove", { bubbles: true,
      clientX: box.left + box.width * (0.5 + 0.002 * n),
      clientY: box.top + box.height * (0.2 + 0.005 * n) }));
    canvas.getImageData(0, 0, 1, 1);  // until it is really drawn
    if (document.querySelector(".atlas-lit")) times.push(performance.now() - from);
  }
  return times;
}"""


def main() -> int:
    """Print the figures; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.map", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="length of one measurement")
    seconds = parser.parse_args().seconds
    paint, light = in_the_browser(world(1, cities=3_000, ties=7_750))
    from_the_server(world(1, cities=9_000, ties=26_800), seconds)
    missed = [
        f"{name}: {took:.0f} ms, at most {most}"
        for name, took, most in (("paint", paint, MOST_PAINT), ("light", light, MOST_LIGHT))
        if took > most
    ]
    print("Every bar is held." if not missed else "Missed: " + "; ".join(missed))
    return 1 if missed else 0


def in_the_browser(database: str) -> tuple[float, float]:
    """Median milliseconds to all lines, and the 95th percentile to light one city."""
    manage(database, "collectstatic", "--noinput", "--verbosity", "0")
    with serving(environment(database), PATH) as server, sync_playwright() as playwright:
        tell_size(server.port)
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*ARGUMENTS])
        found, lit = [], []
        for _visit in range(VISITS):
            page = browser.new_page(viewport=TALL)
            page.add_init_script(PAINTED)
            found.append(visited(page, server.port))
            lit += page.evaluate(LIGHT, LIT)
            page.close()
        browser.close()
    first, paints = ([one[n] for one in found] for n in (0, 1))
    lit.sort()
    light = lit[int(len(lit) * 0.95)]
    print(f"first contentful paint: median {median(first):.0f} ms of {VISITS} visits")
    print(
        f"from data to all lines shown: median {median(paints):.0f} ms, {max(paints):.0f} at most"
    )
    print(f"to light a city: median {median(lit):.1f} ms, 95 % within {light:.1f} ms ({len(lit)})")
    return median(paints), light


def visited(page: Page, port: int) -> tuple[float, float]:
    """First contentful paint, and from data to all lines."""
    page.goto(f"http://127.0.0.1:{port}{PATH}")
    return page.evaluate(FIRST)


def tell_size(port: int) -> None:
    """What is drawn, and what it weighs."""
    client = Client(port)
    body = client.get(DATA)[2]
    data = json.loads(gzip.decompress(body))
    drawn = f"{data['drawn']:,} ties between {len(data['names']):,} places"
    html = len(client.get(PATH)[2])
    print(f"\n{drawn}; data {len(body) / 1024:.1f} KB, page {html / 1024:.1f} KB packed")


def from_the_server(database: str, seconds: float) -> None:
    """The page of many ties, made anew each time: with what is remembered, and without."""
    with serving(environment(database), PATH) as server:
        tell_size(server.port)
        for clients in (1, 8):
            figures = measure(server.port, PATH, clients=clients, seconds=seconds, cold=True)
            print(
                f"page made anew, {clients} clients: {figures.p50:.0f} ms, "
                f"95 % within {figures.p95:.0f} ms, {figures.rate:.0f} a second"
            )
        kept = measure(server.port, PATH, clients=8, seconds=seconds)
        print(f"page kept, 8 clients: 95 % within {kept.p95:.1f} ms, {kept.rate:.0f} a second")
        first = []
        for _visit in range(VISITS):
            move_on(database)
            client, start = Client(server.port), time.perf_counter()
            client.get(PATH)
            first.append((time.perf_counter() - start) * 1000)
        print(f"first visit after a change of the registry: median {median(first):.0f} ms")


if __name__ == "__main__":
    sys.exit(main())
