// Shelves as plain text, lined up for reading in Notepad (K-58), byte for byte as the library
// writes it. Twin of portal_app/exchange/shelf_text.py, held to it by a test.
import { lineOf } from "$/utils/shelves/lines";
import { onOneLine } from "$/utils/shelves/wording";
import { dateOf, say } from "$/utils/speech";
import { WIDE } from "$/utils/widths";

const LINE_END = "\r\n";
const WIDEST_COLUMN = 24;
const GAP = 2;
// As Python parts the lines of a note.
const ENDS_OF_LINES = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

// ------------------------------------------------------------ widths

// How many runs of wide characters begin at a character or before it.
const runsUpTo = (code) => {
  let [low, high] = [0, WIDE.length / 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (WIDE[2 * middle] <= code) low = middle + 1;
    else high = middle;
  }
  return low;
};

const widthOfOne = (character) => {
  const code = character.codePointAt(0);
  const run = runsUpTo(code) - 1;
  return run >= 0 && code <= WIDE[2 * run + 1] ? 2 : 1;
};

const widthOf = (text) => Array.from(text, widthOfOne).reduce((sum, width) => sum + width, 0);

const filled = (text, width) => text + " ".repeat(width - widthOf(text));

const foldedTo = (text, widest) => {
  const pieces = [""];
  let room = widest;
  for (const character of text) {
    const width = widthOfOne(character);
    room -= width;
    if (room < 0) {
      pieces.push("");
      room = widest - width;
    }
    pieces[pieces.length - 1] += character;
  }
  return pieces;
};

// ------------------------------------------------------------ a book

const bibliographicLine = ({ creators, publisher, published_on, call_number }) => {
  const people = creators.map(({ name, role }) => (role ? `${name} / ${role}` : name)).join(", ");
  return [people, publisher, published_on, call_number].filter(Boolean).join(" -- ");
};

const textsOf = (lang, line) => [
  onOneLine(`${line.title} ${line.volume}`),
  onOneLine(bibliographicLine(line)),
  line.is_read ? say(lang, "downloads.column.is_read") : "",
  ...line.note.split(ENDS_OF_LINES).map(onOneLine),
];

// The rows of a book: number, call number, branch, and one line about it.
const blockOf = (lang, line, number) => {
  const columns = [
    [number],
    foldedTo(onOneLine(line.call_number), WIDEST_COLUMN),
    foldedTo(onOneLine(line.branch), WIDEST_COLUMN),
    textsOf(lang, line).filter(Boolean),
  ];
  const height = Math.max(...columns.map((column) => column.length));
  return Array.from({ length: height }, (_, at) => columns.map((column) => column[at] ?? ""));
};

// ------------------------------------------------------------ a shelf

const tableOf = (lang, lines) => {
  if (!lines.length) return [];
  const of = (name) => say(lang, `downloads.column.${name}`);
  const headings = [say(lang, "downloads.number"), of("call_number"), of("branch")];
  const digits = String(lines.length).length;
  const blocks = lines.map((line, at) => blockOf(lang, line, String(at + 1).padStart(digits)));
  const widest = (column) =>
    blocks.flat().reduce((most, row) => Math.max(most, widthOf(row[column])), widthOf(headings[column]));
  const widths = [widest(0), widest(1) + GAP, widest(2) + GAP];
  const linedUp = (row) => widths.map((width, column) => filled(row[column], width)).join(" ");
  const written = (row) => `${linedUp(row)} ${row[3]}`.replace(/ +$/, "");
  return [
    `${linedUp(headings)} ${of("title")}`,
    ...blocks.flatMap((rows) => ["", ...rows.map(written)]),
  ];
};

export const textOf = (lang, shelves, today, years) =>
  shelves
    .flatMap(({ name, books }) => {
      const lines = books.map((book) => lineOf(lang, book));
      const said = say(lang, "downloads.taken_on", { day: dateOf(lang, today, years), count: lines.length });
      const called = onOneLine(name) || say(lang, "shelves.unsorted");
      return [called, said, "", ...tableOf(lang, lines), ""];
    })
    .join(LINE_END);
