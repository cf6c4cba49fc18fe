"""Figures of the timeline on this machine: `python -m benchmarks.pages.figures`.

Plans of 300 people x 6,000 bookings and 1,000 x 20,000 are shown in headless Chromium, five times
each with nothing cached; medians come out, and nothing is asserted. `--reference DIR` measures the
page of an earlier trial with the same plans in the same run, turn by turn.
"""

from __future__ import annotations

import argparse
import logging
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
import uvicorn
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from api.app import create_app
from benchmarks.pages import reference
from benchmarks.pages.generated import generated
from service.plans.timeline.document import timeline_document
from service.queue import set_up
from service.store import attempts, rollouts, runs
from service.store.audit import Actor
from service.store.database import Database
from service.store.runs import Limits

SIZES = ((300, 6_000), (1_000, 20_000))
TIMES = 5
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

MEASURES = """
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(0);
  }));
  const frame = () => new Promise((next) => requestAnimationFrame(next));

  const bars = (async () => {
    while (!document.querySelector(".bar")) await frame();
    return painted();
  })();

  const zoom = async (button) => {
    const steps = [];
    for (let it = 0; it < 5; it++) {
      await painted();
      const from = performance.now();
      document.querySelector(button).click();
      await painted();
      steps.push((await painted()) - from);
    }
    return steps.sort((a, b) => a - b)[2];
  };

  const click = async (panel) => {
    const pressed = await new Promise((done) => {
      const options = { once: true, capture: true };
      addEventListener("pointerdown", (event) => done(event.timeStamp), options);
    });
    while (!document.querySelector(panel)?.getClientRects().length) await frame();
    return (await painted()) - pressed;
  };

  const middle = () => {
    for (const bar of document.querySelectorAll(".bar")) {
      const box = bar.getBoundingClientRect();
      const at = [box.left + box.width / 2, box.top + box.height / 2];
      if (document.elementFromPoint(...at)?.closest(".bar") === bar) return at;
    }
  };

  window.measures = { bars, zoom, click, middle };
"""
"""Milliseconds to the first frame with bars, of a step of the zoom, from a press to the panel."""


@dataclass(frozen=True, slots=True)
class Names:
    """Where a page has what is measured."""

    zoom_in: str
    panel: str


OURS = Names(".plan-zoom button:last-child", ".panel h2")
TRIAL = Names("#zin", "#detail h2")


@dataclass(frozen=True, slots=True)
class Figures:
    """What is measured of one visit."""

    kilobytes: float
    bars: float
    zoom: float
    click: float
    heap: float
    nodes: float


def main() -> None:
    """Measure, and print a line for each page and size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages.figures", description=__doc__)
    parser.add_argument("--reference", type=Path, help="the folder of an earlier trial's page")
    parser.add_argument("--times", type=int, default=TIMES)
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    print("size            page        kB  bars ms  zoom ms  click ms  heap MB  nodes")
    with ExitStack() as stack:
        play = stack.enter_context(sync_playwright())
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for people, bookings in SIZES:
            timeline, address = stack.enter_context(_kept(people, bookings))
            pages = {"pages": (address, OURS)}
            if asked.reference is not None:
                trial = stack.enter_context(reference.served(asked.reference, timeline))
                pages["reference"] = (trial, TRIAL)
            seen: dict[str, list[Figures]] = {name: [] for name in pages}
            for _ in range(asked.times):
                for name, (url, names) in pages.items():
                    seen[name].append(visit(browser, url, names))
            for name, figures in seen.items():
                print(f"{people:>5} x {bookings:<7,} {name:<9}{_line(figures)}")
        browser.close()


def visit(browser: Browser, url: str, names: Names) -> Figures:
    """Open a page with nothing cached, zoom four steps in, click a bar."""
    context = browser.new_context(viewport={"width": 1400, "height": 860})
    page = context.new_page()
    page.add_init_script(MEASURES)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sent: list[float] = []
    session.on("Network.loadingFinished", lambda it: sent.append(it["encodedDataLength"]))
    page.goto(url)
    bars = page.evaluate("measures.bars")
    page.wait_for_load_state("networkidle")
    kilobytes = sum(sent) / 1000
    heap, nodes = _memory(session, page)
    zoom = page.evaluate("(button) => measures.zoom(button)", names.zoom_in)
    click = _click(page, names.panel)
    context.close()
    return Figures(kilobytes, bars, zoom, click, heap, nodes)


def _click(page: Page, panel: str) -> float:
    """From the press on a bar that is in sight to the frame that shows the panel."""
    x, y = page.evaluate("measures.middle()")
    page.evaluate("(panel) => { window.clicked = measures.click(panel); }", panel)
    page.mouse.click(x, y)
    return float(page.evaluate("window.clicked"))


def _memory(session: CDPSession, page: Page) -> tuple[float, float]:
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    found = {it["name"]: it["value"] for it in session.send("Performance.getMetrics")["metrics"]}
    nodes = page.evaluate("document.querySelectorAll('*').length")
    return found["JSHeapUsedSize"] / 1e6, float(nodes)


def _line(figures: list[Figures]) -> str:
    def median(name: str) -> float:
        return float(statistics.median(getattr(it, name) for it in figures))

    return (
        f"{median('kilobytes'):>6.0f}{median('bars'):>9.0f}{median('zoom'):>9.0f}"
        f"{median('click'):>10.0f}{median('heap'):>9.1f}{median('nodes'):>7.0f}"
    )


@contextmanager
def _kept(people: int, bookings: int) -> Iterator[tuple[dict[str, Any], str]]:
    """A generated plan in a service of its own: its timeline, and the address of its page."""
    tree, found = generated(people, bookings)
    actor = Actor("default", "local")
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/figures.db")
        set_up(database)
        with database.write() as connection:
            kept = rollouts.create(connection, actor, tree)
            run = runs.add(connection, actor, kept.id, kept.revision, Limits(), priority=1)
            taken = attempts.take(connection, actor.tenant, run.id, "figures")
            assert taken is not None
            attempts.finish(connection, taken.fence, found)
        app = create_app(database)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        try:
            timeline = timeline_document(tree, found.document, found.report)
            yield timeline, f"http://127.0.0.1:{port}/rollouts/{kept.id}/plan/{run.id}"
        finally:
            server.should_exit = True
            thread.join()
            database.close()


if __name__ == "__main__":
    main()
