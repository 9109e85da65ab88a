"""A list that patrons put in an order of their own, whatever its rows are."""

from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage


class OrderedList:
    """The handles of the rows, and the buttons that they open."""

    def __init__(self, page: PortalPage) -> None:
        self.page = page
        self.browser = page.browser

    @property
    def buttons(self) -> Locator:
        """Return what a handle opens."""
        return self.browser.locator(".order-buttons")

    def handle(self, title: str) -> Locator:
        """Return the handle of a row."""
        name = self.page.say("order.grip", title=title)
        return self.browser.get_by_role("button", name=name, exact=True)

    def press(self, title: str, *keys: str) -> Self:
        """Press keys on a handle, which keeps the focus meanwhile."""
        self.handle(title).focus()
        for key in keys:
            self.browser.keyboard.press(key)
        return self

    def hold(self, title: str, key: str, *, repeats: int) -> Self:
        """Hold a key down until it has repeated itself so often, and let it go."""
        self.handle(title).focus()
        for _ in range(repeats):
            self.browser.keyboard.down(key)
        expect(self.browser.locator(".drop-line")).to_be_visible()
        self.browser.keyboard.up(key)
        return self

    def open_buttons(self, title: str) -> Self:
        """Open the buttons of a row."""
        self.handle(title).click()
        expect(self.buttons.get_by_role("heading")).to_have_text(
            self.page.say("order.of", title=title)
        )
        return self

    def button(self, step: str) -> Locator:
        """Return one of the buttons: ``top``, ``up``, ``down`` or ``bottom``."""
        name = self.page.say(f"order.step.{step}")
        return self.buttons.get_by_role("button", name=name, exact=True)

    def lift(self, title: str, *, by: int) -> Self:
        """Take a row by its handle with a mouse, and carry it so many pixels down."""
        x, y = self._middle(title)
        self.browser.mouse.move(x, y)
        self.browser.mouse.down()
        self.browser.mouse.move(x, y + by, steps=8)
        expect(self.browser.locator("[data-dragged]")).to_be_visible()
        return self

    def let_go(self) -> Self:
        """Let go what is carried with the mouse."""
        self.browser.mouse.up()
        return self

    def carry_with_a_finger(self, title: str, *, by: int) -> Self:
        """Take a row by its handle with a finger, carry it so many pixels, and let it go."""
        x, y = self._middle(title)
        finger = self.browser.context.new_cdp_session(self.browser)

        def touch(kind: str, *points: dict[str, float]) -> None:
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

        touch("touchStart", {"x": x, "y": y})
        for step in range(1, 9):
            touch("touchMove", {"x": x, "y": y + by * step / 8})
        expect(self.browser.locator(".drop-line")).to_be_visible()
        touch("touchEnd")
        return self

    def should_say_moved(self, title: str, *, place: int) -> Self:
        """Check that the page tells where a row is now."""
        said = self.page.say("order.told.moved", title=title, place=place)
        expect(self.browser.locator(".order-told")).to_have_text(said)
        return self

    def should_be_at(self, title: str) -> Self:
        """Check that the handle of a row has the focus."""
        expect(self.handle(title)).to_be_focused()
        return self

    def height_of(self, title: str) -> int:
        """Return how tall a row is."""
        row = self.browser.get_by_role("listitem").filter(has=self.handle(title))
        box = row.bounding_box()
        assert box
        return round(box["height"])

    def _middle(self, title: str) -> tuple[float, float]:
        handle = self.handle(title)
        handle.evaluate("element => element.scrollIntoView({ block: 'center' })")
        box = handle.bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
