"""Using a page with nothing but the keyboard."""

from __future__ import annotations

from playwright.sync_api import Page

_MOST = 250
"""So often Tab is pressed at most: a page on which more is needed is too long a way, or holds the keys fast."""
_FOCUS = """() => {
  const one = document.activeElement
  const text = one.labels?.[0]?.textContent || one.getAttribute('aria-label') || one.textContent || ''
  const drawn = style => style.boxShadow !== 'none'
    || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
  const box = one.getBoundingClientRect()
  const seen = one === document.body || (box.width > 0 && box.height > 0 && (drawn(getComputedStyle(one))
    || (one.labels?.length > 0 && drawn(getComputedStyle(one.labels[0], '::before')))))
  return [text.replace(/\\s+/g, ' ').trim(), seen]
}"""
"""The label or text of what has the focus, and whether anybody can see that it has it."""


class Keys:
    """The keyboard. Wherever the focus goes it must be seen."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            self._page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type into what has the focus, in the place of what it holds."""
        self.press("Control+a")
        self._page.keyboard.type(text)

    def to(self, name: str) -> None:
        """Press Tab until something has the focus whose label or text begins so."""
        for _ in range(_MOST):
            self.press("Tab")
            told, seen = self._page.evaluate(_FOCUS)
            assert seen, f"the focus is on {told[:60]!r}, and cannot be seen"
            if told.startswith(name):
                return
        raise AssertionError(f"{name!r} cannot be reached by Tab")

    def follow(self, name: str) -> None:
        """Go to a link or a button, and use it; wait for the page that comes."""
        self.to(name)
        with self._page.expect_navigation():
            self.press("Enter")

    def choose(self, name: str, option: str) -> None:
        """Go to a list, and type what is wanted, as one does without a pointer."""
        self.to(name)
        self._page.keyboard.type(option)
        chosen = self._page.evaluate("document.activeElement.selectedOptions[0].textContent.trim()")
        assert chosen == option
