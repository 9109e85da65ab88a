// Texts as a page shows them: easy words with their readings above, and in a sentence of another
// language what is Japanese, such as a title, marked for whatever reads it aloud (WCAG 3.1.2).
// Readings are written 見(み)る in files and mail, too (portal_app/text); only pages have ruby.
import { createElement } from "react";
import { langOf, say } from "$/utils/speech";

const READ = /([\p{Script=Han}々]+)\(([ぁ-ゖー]+)\)/gu;
const JAPANESE = /\uFFFA([^\uFFFB]*)\uFFFB/u;
const BRACKET = "\uFFF9"; // stands in for a bracket of a patron's or a record's, which is no reading

// Returns a text for a page. With readings or something Japanese it is parts for React, and a
// sentence without them for whatever takes no parts: a name for screen readers, a window's title.
export const said = (lang, key, values = {}) => {
  if (lang === "ja") return say(lang, key, values);
  const [ready, shown] =
    lang === "ja-simple" ? [withoutBrackets, withReadings] : [markedIfJapanese, withMarks];
  const given = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value?.marked ?? value?.written ?? ready(value),
    ]),
  );
  return shown(say(lang, key, given));
};

// Returns a text where parts have no place but readings have: 見(み)る.
export const inBrackets = (text) => text?.written ?? text;

const withoutBrackets = (value) =>
  typeof value === "string" ? value.replaceAll("(", BRACKET) : value;

const markedIfJapanese = (value) =>
  typeof value === "string" && langOf(value) ? `\uFFFA${value}\uFFFB` : value;

// One element: in a row of boxes each part would be a box of its own.
const inParts = (parts, said) => {
  const whole = createElement("span", { key: "said" }, ...parts.filter((part) => part !== ""));
  return Object.assign([whole], said);
};

const withMarks = (marked) => {
  const parts = marked.split(JAPANESE); // words, Japanese, words, …
  if (parts.length === 1) return marked;
  const plain = parts.join("");
  const shown = parts.map((part, at) => (at % 2 ? createElement("span", { lang: "ja" }, part) : part));
  return inParts(shown, { marked, written: plain, toString: () => plain });
};

const withReadings = (marked) => {
  const parts = marked.split(READ); // words, kanji, reading, words, …
  const text = (part) => part.replaceAll(BRACKET, "(");
  if (parts.length === 1) return text(marked);
  const shown = parts.map((part, at) =>
    [() => text(part), () => ruby(part, parts[at + 1]), () => ""][at % 3](),
  );
  const plain = text(marked.replace(READ, "$1"));
  return inParts(shown, { written: text(marked), toString: () => plain });
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
