"""The colours of the stylesheet, in pairs, as a browser mixes them."""

from itertools import product
from typing import NamedTuple

from playwright.sync_api import Page

TEXT = 4.5  # WCAG 1.4.3
PARTS = 3.0  # WCAG 1.4.11: the edge of a field, the mark of the focus

PALETTES = ("standard", "cud", "dark")
MODES = ("adult", "child")

# What text without a background of its own may stand on.
SURFACES = ("var(--paper)", "var(--sheet)", "var(--shade)")
# A colour called --on-… stands on nothing else than these.
GROUNDS = {
    "var(--on-indigo)": ("var(--indigo)",),
    "var(--on-indigo-soft)": ("var(--indigo-deep)",),
    "var(--on-seal)": ("var(--seal)",),
    "var(--on-mark)": ("var(--mark)",),
    "var(--on-cloth)": tuple(f"var(--cloth-{number})" for number in range(6)),
    "var(--on-band)": ("var(--band)",),
}
EDGES = ("var(--edge)", "var(--focus)", "var(--seal)", "var(--indigo)", "var(--danger)")
NO_COLOUR = ("", "inherit", "currentcolor", "transparent", "none")

_RULES = """() => {
  const found = [];
  const walk = (rules) => {
    for (const rule of rules) {
      const media = rule.media?.mediaText ?? "";
      if (media.includes("print") || media.includes("forced-colors")) continue;
      if (rule.style) {
        const say = (name) => rule.style.getPropertyValue(name).trim();
        found.push([rule.selectorText ?? "", say("color"), say("background"),
          say("--tone"), say("--tone-shade")]);
      }
      if (rule.cssRules) walk(rule.cssRules);
    }
  };
  for (const sheet of document.styleSheets) walk(sheet.cssRules);
  return found;
}"""

_CONTRASTS = """([palette, mode, pairs]) => {
  Object.assign(document.documentElement.dataset, { palette, mode });
  const probe = document.body.appendChild(document.createElement("i"));
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const paint = canvas.getContext("2d", { willReadFrequently: true });
  const lay = (value) => {
    probe.style.backgroundColor = "";
    probe.style.backgroundColor = value;
    paint.fillStyle = getComputedStyle(probe).backgroundColor;
    paint.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...paint.getImageData(0, 0, 1, 1).data].map((byte) => {
      const part = byte / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ratios = pairs.map(([front, ground]) => {
    lay("var(--sheet)");
    const [darker, lighter] = [lay(ground), lay(front)].sort((one, other) => one - other);
    return (lighter + 0.05) / (darker + 0.05);
  });
  probe.remove();
  return ratios;
}"""


class Rule(NamedTuple):
    """What a rule of the stylesheet says of colours; empty where it says nothing."""

    selector: str
    colour: str
    background: str
    tone: str
    tone_shade: str


class Pair(NamedTuple):
    """A colour, what it stands on, and how much lighter one of them must be."""

    front: str
    ground: str
    enough: float


def pairs_in(page: Page) -> set[Pair]:
    """Return every pair of colours that the page's stylesheet puts together."""
    rules = [Rule(*found) for found in page.evaluate(_RULES)]
    tones = [rule for rule in rules if rule.tone]
    pairs = {Pair(edge, surface, PARTS) for edge, surface in product(EDGES, SURFACES)}
    pairs.add(Pair("var(--focus)", "var(--focus-halo)", PARTS))
    for tone in tones:
        pairs |= {Pair(tone.tone, ground, TEXT) for ground in (tone.tone_shade, *SURFACES)}
    for rule in rules:
        if rule.colour.lower() in NO_COLOUR or "--tone" in rule.colour:
            continue
        for ground in _grounds_of(rule):
            pairs.add(Pair(rule.colour, ground, TEXT))
    return pairs


def _grounds_of(rule: Rule) -> tuple[str, ...]:
    is_plain = rule.background.lower() not in NO_COLOUR and "gradient" not in rule.background
    if is_plain and "--tone" not in rule.background:
        return (rule.background,)
    return GROUNDS.get(rule.colour, SURFACES)


def too_faint(page: Page) -> list[str]:
    """Return the pairs that are hard to tell apart: in which palette and mode, and how near."""
    pairs = sorted(pairs_in(page))
    faint: list[str] = []
    for palette, mode in product(PALETTES, MODES):
        ratios = page.evaluate(_CONTRASTS, [palette, mode, [pair[:2] for pair in pairs]])
        faint += [
            f"{palette}, {mode}: {pair.front} on {pair.ground} is {ratio:.2f}"
            for pair, ratio in zip(pairs, ratios, strict=True)
            if ratio < pair.enough
        ]
    return faint
