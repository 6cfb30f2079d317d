"""Looking at a page as a browser shows it: what axe finds, what sticks out, which texts cover each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Browser, CDPSession, ConsoleMessage, Page, Request, Response

WIDE, NARROW = 1280, 320
_HEIGHT = 900
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
_RULES = {"target-size": {"enabled": True}, "label-content-name-mismatch": {"enabled": True}}
"""Two rules that are off unless they are asked for by name."""
_OPTIONS: dict[str, object] = {
    "runOnly": {"type": "tag", "values": _TAGS},
    "rules": _RULES,
    "resultTypes": ["violations"],
}
"""WCAG 2.2 AA and best practice."""
_ONLY_CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
_DRAWINGS = """() => {
  const faults = []
  for (const svg of document.querySelectorAll('svg')) {
    const frame = svg.getBoundingClientRect()
    const texts = [...svg.querySelectorAll('text')]
      .map(one => [one.textContent.trim(), one.getBoundingClientRect()]).filter(([, box]) => box.width)
    texts.forEach(([text, box], place) => {
      const inside = box.left >= frame.left - 1 && box.right <= frame.right + 1
        && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1
      if (!inside) faults.push(`${text} is cut off`)
      for (const [other, its] of texts.slice(place + 1)) {
        const across = Math.min(box.right, its.right) - Math.max(box.left, its.left)
        const down = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top)
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
_KEEP = """() => {
  const looks = one => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect()
    return [style.color, style.backgroundColor, style.visibility, style.fontWeight, box.width * box.height > 0].join()
  }
  const all = [...document.body.querySelectorAll('*')]
  const now = new Map(all.map(one => [one, [looks(one), parseFloat(getComputedStyle(one).fontSize)]]))
  const before = window.looksBefore
  window.looksBefore = now
  window.looksOther = before && all.filter(one => {
    const [old, size] = before.get(one) ?? []
    return old !== now.get(one)[0] || size < now.get(one)[1]
  })
  return window.looksOther?.length ?? 0
}"""
"""How many elements have other colours than when it was last asked, or larger letters, or can be seen only now or
only then. (Small letters need no less contrast than large ones.)"""
_PARTS = """() => {
  const told = (one, left, top) => {
    const box = one.getBoundingClientRect(), style = getComputedStyle(one)
    const own = [...one.childNodes].filter(node => node.nodeType === 3).map(node => node.data.trim()).join(' ')
    const said = [...one.attributes]
      .filter(({name}) => !/^data-govuk-.*-init$/.test(name) && !(name === 'value' && one.type === 'hidden'))
      .map(({name, value}) => name + '=' + value)
    return [one.tagName, said, own, box.x - left, box.y - top, box.width, box.height, style.color,
      style.backgroundColor, style.fontSize, style.fontWeight, style.visibility].join()
  }
  const main = document.querySelector('main')
  const parts = [...document.body.children].flatMap(one => one.contains(main) ? [...one.children] : [one])
  return parts.filter(one => one.tagName !== 'SCRIPT').map(part => {
    const {x, y} = part.getBoundingClientRect()
    return [part, ...part.querySelectorAll('*')].map(one => told(one, x, y)).join('|')
  })
}"""
"""All that is shown, part by part: the header, the trail, the content and so on. What the scripts note for themselves
is left out, and the token of a form, which is another one each time."""


class Visit:
    """A window of the browser on one service. `told` is what the browser had to complain of."""

    def __init__(self, page: Page, address: str, session: CDPSession) -> None:
        self.page = page
        self.address = address
        self.told: list[str] = []
        self.answer: Response | None = None
        self._session = session
        self._known: set[str] = set()
        page.set_default_timeout(20_000)
        page.on("console", self._complained)
        page.on("pageerror", lambda error: self.told.append(str(error)))
        page.on("request", self._asked)
        page.on("response", self._answered)

    def begin(self, *, scripts: bool) -> None:
        """Forget what was before: no cookies, nothing told. Scripts run from now on, or not."""
        self.page.context.clear_cookies()
        self._allow_scripts(scripts)
        self._wide()
        self.told.clear()
        self.answer = None

    def go(self, path: str) -> None:
        """Open a page of the service."""
        self.page.goto(self.address + path)

    def found(self) -> list[str]:
        """All that is wrong with the page as it is shown now, wide and narrow. Scripts have run."""
        shift = self.page.evaluate(_SHIFT)
        faults = [*self.told, *([f"what is shown moves by {shift}"] if shift > 0 else [])]
        self.page.evaluate(AXE_SCRIPT)
        self.page.evaluate(_KEEP)
        # Contrast takes most of the time. It is looked at where letters are small, and elsewhere on what differs.
        faults += self._at(WIDE, _but("color-contrast"))
        self._narrow()
        differ = self.page.evaluate(_KEEP)
        faults += self._at(NARROW, _OPTIONS)
        self._known.update(self.page.evaluate(_PARTS))
        if differ:
            self._wide()
            self.page.evaluate(_KEEP)
            faults += (f"{WIDE} px: {one}" for one in self._axe(_ONLY_CONTRAST, "window.looksOther"))
        return faults

    def found_without_scripts(self) -> list[str]:
        """The same where no scripts have run. Axe looks at what it has not seen before, box for box."""
        self._narrow()
        self._allow_scripts(True)  # axe is one; those of the page have had their chance
        parts = set(self.page.evaluate(_PARTS))
        faults = [*self.told]
        if parts <= self._known:
            return [*faults, *(f"{NARROW} px: {one}" for one in self.sizes())]
        self.page.evaluate(AXE_SCRIPT)
        faults += self._at(NARROW, _OPTIONS)
        if not faults:
            self._known |= parts
        return faults

    def _at(self, width: int, options: Mapping[str, object]) -> Iterator[str]:
        yield from (f"{width} px: {one}" for one in (*self.sizes(), *self._axe(options, "document")))

    def sizes(self) -> Iterator[str]:
        """What is wrong with the places of things: what covers another, is cut off or sticks out."""
        yield from self.page.evaluate(_DRAWINGS)
        over = self.page.evaluate(_OVER)
        if over > 0:
            yield f"the page is {over} px too wide"

    def _axe(self, options: Mapping[str, object], where: str) -> Iterator[str]:
        for fault in self.page.evaluate(f"options => axe.run({where}, options)", options)["violations"]:
            for node in fault["nodes"]:
                yield f"{fault['id']}: {node['target']} {node['html'][:200]}"

    def _wide(self) -> None:
        self.page.set_viewport_size({"width": WIDE, "height": _HEIGHT})

    def _narrow(self) -> None:
        self.page.set_viewport_size({"width": NARROW, "height": _HEIGHT})

    def _allow_scripts(self, allowed: bool) -> None:
        self._session.send("Emulation.setScriptExecutionDisabled", {"value": not allowed})

    def _complained(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.told.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(self.address):
            self.told.append(f"{request.url} is asked for")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request() and not 300 <= response.status < 400:
            self.answer = response


def _but(rule: str) -> dict[str, object]:
    return {**_OPTIONS, "rules": {**_RULES, rule: {"enabled": False}}}


def open_window(browser: Browser, address: str) -> Visit:
    """A new window, with no cookies."""
    context = browser.new_context(viewport={"width": WIDE, "height": _HEIGHT}, locale="en-GB")
    page = context.new_page()
    return Visit(page, address, context.new_cdp_session(page))
