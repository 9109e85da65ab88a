// Easy words as a page shows them: with their readings above. Texts are written 見(み)る, as files
// and mail say them, too (portal_app/text); only what is shown on a page becomes ruby.
import { createElement } from "react";
import { say } from "$/utils/speech";

const READ = /([\p{Script=Han}々]+)\(([ぁ-ゖー]+)\)/gu;
const BRACKET = "\uFFF9"; // stands in for a bracket of a patron's or a record's, which is no reading

// Returns a text for a page. With readings it is parts for React, and a sentence without them for
// whatever takes no parts: a name for screen readers, the title of the window.
export const said = (lang, key, values = {}) => {
  if (lang !== "ja-simple") return say(lang, key, values);
  const given = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value?.written ?? withoutBrackets(value)]),
  );
  return withReadings(say(lang, key, given));
};

// Returns a text where parts have no place but readings have: 見(み)る.
export const inBrackets = (text) => text?.written ?? text;

const withoutBrackets = (value) =>
  typeof value === "string" ? value.replaceAll("(", BRACKET) : value;

const withReadings = (marked) => {
  const parts = marked.split(READ); // words, kanji, reading, words, …
  const text = (part) => part.replaceAll(BRACKET, "(");
  if (parts.length === 1) return text(marked);
  const shown = parts
    .map((part, at) => [() => text(part), () => ruby(part, parts[at + 1]), () => ""][at % 3]())
    .filter((part) => part !== "");
  const plain = text(marked.replace(READ, "$1"));
  // One element: in a row of boxes each part would be a box of its own.
  const whole = createElement("span", { key: "read" }, ...shown);
  return Object.assign([whole], { written: text(marked), toString: () => plain });
};

// A screen reader knows how words are read: it would say each of them twice.
const ruby = (kanji, reading) =>
  createElement(
    "ruby",
    null,
    kanji,
    createElement("rp", null, "("),
    createElement("rt", { "aria-hidden": true }, reading),
    createElement("rp", null, ")"),
  );
