"""Looking at a page as a browser shows it: what axe finds, what sticks out, which texts cover each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Browser, CDPSession, ConsoleMessage, Page, Request, Response

WIDE, NARROW = 1280, 320
_HEIGHT = 900
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
_OPTIONS = {
    "runOnly": {"type": "tag", "values": _TAGS},
    "rules": {"target-size": {"enabled": True}, "label-content-name-mismatch": {"enabled": True}},
    "resultTypes": ["violations"],
}
"""WCAG 2.2 AA and best practice. Two rules are off unless they are asked for by name."""
_DRAWINGS = """() => {
  const faults = []
  for (const svg of document.querySelectorAll('svg')) {
    const view = svg.viewBox.baseVal
    const texts = [...svg.querySelectorAll('text')].map(one => [one.textContent.trim(), one.getBBox()])
    texts.forEach(([text, box], place) => {
      const inside = box.x >= view.x - 1 && box.x + box.width <= view.x + view.width + 1
        && box.y >= view.y - 1 && box.y + box.height <= view.y + view.height + 1
      if (box.width && !inside) faults.push(`${text} is cut off`)
      for (const [other, its] of texts.slice(place + 1)) {
        const across = Math.min(box.x + box.width, its.x + its.width) - Math.max(box.x, its.x)
        const down = Math.min(box.y + box.height, its.y + its.height) - Math.max(box.y, its.y)
        if (across > 0 && down > 0) faults.push(`${text} covers ${other}`)
      }
    })
  }
  return faults
}"""
_SHIFT = """() => new Promise(done => {
  let sum = 0
  new PerformanceObserver(list => list.getEntries().forEach(one => {
    sum += one.hadRecentInput ? 0 : one.value
  })).observe({type: 'layout-shift', buffered: true})
  setTimeout(() => done(sum), 50)
})"""
_OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Visit:
    """A window of the browser on one service. `told` is what the browser had to complain of."""

    def __init__(self, page: Page, address: str, session: CDPSession, scripts: bool) -> None:
        self.page = page
        self.address = address
        self.scripts = scripts
        self.told: list[str] = []
        self.answer: Response | None = None
        self._session = session
        page.set_default_timeout(20_000)
        page.on("console", self._complained)
        page.on("pageerror", lambda error: self.told.append(str(error)))
        page.on("request", self._asked)
        page.on("response", self._answered)
        self.allow_scripts(scripts)

    def allow_scripts(self, allowed: bool) -> None:
        """Let scripts run from now on, or not."""
        self._session.send("Emulation.setScriptExecutionDisabled", {"value": not allowed})

    def go(self, path: str) -> None:
        """Open a page of the service."""
        self.page.goto(self.address + path)

    def found(self, widths: Sequence[int] = (WIDE, NARROW)) -> list[str]:
        """All that is wrong with the page as it is shown now, at some widths."""
        self.allow_scripts(True)  # axe is one; those of the page have had their chance
        faults = [*self.told, *self.page.evaluate(_DRAWINGS)]
        if self.scripts and (shift := self.page.evaluate(_SHIFT)) > 0:
            faults.append(f"what is shown moves by {shift}")
        self.page.evaluate(AXE_SCRIPT)
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": _HEIGHT})
            over = self.page.evaluate(_OVER)
            if over > 0:
                faults.append(f"{width} px: the page is {over} px too wide")
            faults += (f"{width} px: {one}" for one in self._axe())
        return faults

    def _axe(self) -> Iterator[str]:
        for fault in self.page.evaluate("options => axe.run(options)", _OPTIONS)["violations"]:
            for node in fault["nodes"]:
                yield f"{fault['id']}: {node['target']} {node['html'][:200]}"

    def _complained(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.told.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(self.address):
            self.told.append(f"{request.url} is asked for")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request() and not 300 <= response.status < 400:
            self.answer = response


@contextmanager
def visiting(browser: Browser, address: str, *, scripts: bool = True, width: int = WIDE) -> Iterator[Visit]:
    """A new window, with no cookies."""
    with browser.new_context(viewport={"width": width, "height": _HEIGHT}, locale="en-GB") as context:
        page = context.new_page()
        yield Visit(page, address, context.new_cdp_session(page), scripts)
