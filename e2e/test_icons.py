"""An icon is one line, and looks as it does in as many as Lucide draws it with."""

from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Browser, Page, expect

from portal_app.settings import PROJECT

Piece = tuple[str, Mapping[str, str]]

CIRCLE = ("circle", {"cx": "12", "cy": "9", "r": "4.5"})
ROUNDED = ("rect", {"x": "3", "y": "5", "width": "18", "height": "13", "rx": "3"})
SQUARE = ("rect", {"x": "3", "y": "5", "width": "18", "height": "13"})
OVAL = ("rect", {"x": "3", "y": "5", "width": "18", "height": "13", "rx": "2", "ry": "4"})
LINE = ("line", {"x1": "3", "y1": "20", "x2": "21", "y2": "17.5"})
LINES = ("polyline", {"points": "4 20 12 14 20 20"})
BASKET = [
    ("path", {"d": "m15 11-1 9"}),
    ("path", {"d": "M2 11h20"}),
    ("path", {"d": "m3.5 11 1.6 7.4a2 2 0 0 0 2 1.6h9.8a2 2 0 0 0 2-1.6l1.7-7.4"}),
    ("path", {"d": "m5 11 4-7"}),
]
# How much ink may lie elsewhere: where two lines touch, their edges are not blended twice.
MOST = 0.01

DRAW = """async (inside) => {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg"
    width="96" height="96" viewBox="0 0 24 24" fill="none" stroke="black" stroke-width="2"
    stroke-linecap="round" stroke-linejoin="round">${inside}</svg>`)}`;
  await image.decode();
  const canvas = new OffscreenCanvas(96, 96).getContext("2d");
  canvas.drawImage(image, 0, 0);
  return [...canvas.getImageData(0, 0, 96, 96).data].filter((_, at) => at % 4 === 3);
}"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that knows our lines."""
    page = chromium.new_page()
    ours = (PROJECT / "portal_app" / "browser" / "outlines.js").read_text("utf-8")
    page.add_script_tag(content=f"{ours}\nglobalThis.outline = outline;", type="module")
    page.wait_for_function("globalThis.outline !== undefined")
    yield page
    page.close()


@pytest.mark.parametrize(
    "pieces",
    [[CIRCLE], [ROUNDED], [SQUARE], [OVAL], [LINE], [LINES], BASKET, [*BASKET, CIRCLE, LINE]],
)
def test_one_line_looks_like_all_that_it_is_of(page, pieces):
    theirs = page.evaluate(DRAW, "".join(map(_written, pieces)))
    ours = page.evaluate(DRAW, f'<path d="{page.evaluate("outline", pieces)}"/>')

    elsewhere = sum(abs(one - other) for one, other in zip(theirs, ours, strict=True))
    assert sum(theirs) > 0
    assert elsewhere < MOST * sum(theirs)


@pytest.mark.parametrize("served", ["kagoshima"], indirect=True)
@pytest.mark.parametrize("device", ["phone"], indirect=True)
def test_icons_of_the_portal_are_one_line(visitor, portal):
    visitor.goto(portal.address)

    expect(visitor.locator("svg.icon")).not_to_have_count(0)
    expect(visitor.locator("svg.icon > :not(path:only-child), svg.lucide")).to_have_count(0)


def _written(piece: Piece) -> str:
    name, attributes = piece
    written = " ".join(f"{key}='{value}'" for key, value in attributes.items())
    return f"<{name} {written}/>"
