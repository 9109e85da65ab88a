// Tables as Excel opens them without running what stands in a cell.

const LINE_END = "\r\n";
// What a spreadsheet would run gets an apostrophe, as in portal_app/exchange/formulas.py.
const WOULD_RUN = /^'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/;
const NEEDS_QUOTES = /[",\r\n]/;

const harmless = (cell) => (WOULD_RUN.test(cell) ? `'${cell}` : cell);

const quoted = (cell) => (NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const written = (cells) => cells.map(quoted).join(",") + LINE_END;

export const csvOf = (headings, rows) =>
  [headings, ...rows.map((cells) => cells.map(harmless))].map(written).join("");
