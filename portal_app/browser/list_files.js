// A list of the patron's, their loans or holds, as a file. This device makes it from what the page
// shows, with and without a connection alike, so that there is one way to write it.
import { csvOf } from "$/utils/csv";
import { onOneLine, withoutControls } from "$/utils/shelves/wording";
import { dateOf, say } from "$/utils/speech";

const LINE_END = "\r\n";
const DAY = /^\d{4}-\d{2}-\d{2}/;

const valueIn = (row, path) => path.split(".").reduce((value, name) => value?.[name], row) ?? "";

// A column is its heading, the path of a field of the row, and under which name the texts stand
// that say its values, if it is not said as it is.
const saidIn = (lang, row, { path, texts }, dayOf) => {
  const value = valueIn(row, path);
  if (value === "") return "";
  if (texts) return say(lang, `${texts}.${value}`) || String(value);
  return DAY.test(value) ? dayOf(value) : withoutControls(String(value));
};

const isoDay = (value) => value.slice(0, 10);

export const listAsCsv = (lang, { columns, rows }) =>
  csvOf(
    columns.map(({ heading }) => heading),
    rows.map((row) => columns.map((column) => saidIn(lang, row, column, isoDay))),
  );

export const listAsText = (lang, { title, columns, rows, asOf, years }) => {
  const [first, ...others] = columns;
  const dayOf = (day) => dateOf(lang, day, years);
  const said = (row, column) => onOneLine(saidIn(lang, row, column, dayOf));
  const line = (row, column) => say(lang, "downloads.fact", { name: column.heading, value: said(row, column) });
  const blocks = rows.flatMap((row, at) => {
    const number = String(at + 1).padStart(String(rows.length).length);
    const indent = " ".repeat(number.length + 2);
    const facts = others.filter((column) => said(row, column)).map((column) => indent + line(row, column));
    return ["", `${number}  ${said(row, first)}`, ...facts];
  });
  const taken = say(lang, "downloads.taken_on", { day: dayOf(asOf), count: rows.length });
  return [title, taken, ...blocks, ""].join(LINE_END);
};
