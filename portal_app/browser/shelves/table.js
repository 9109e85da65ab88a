// Shelves as CSV that Excel opens as it is and the library reads again (K-58), byte for byte as
// the library writes it. Twin of portal_app/exchange/shelf_tables.py, held to it by a test.
import { csvOf } from "$/utils/csv";
import { lineOf } from "$/utils/shelves/lines";
import { withoutControls } from "$/utils/shelves/wording";
import { say } from "$/utils/speech";

const COLUMNS = [
  ...["shelf", "record_id", "title", "volume", "title_reading", "creators", "roles"],
  ...["creators_reading", "publisher", "published_on", "published_year", "isbn", "material"],
  ...["call_number", "branch", "availability", "added_on", "is_read", "note"],
];

// A semicolon inside a name is doubled; "; " parts two names.
const listed = (parts) =>
  parts.some(Boolean) ? parts.map((part) => part.replaceAll(";", ";;")).join("; ") : "";

const cellsOf = (lang, name, line) => {
  const cells = {
    ...line,
    shelf: name,
    record_id: String(line.record_id),
    creators: listed(line.creators.map((creator) => creator.name)),
    roles: listed(line.creators.map((creator) => creator.role)),
    creators_reading: listed(line.creators.map((creator) => creator.reading)),
    published_year: String(line.published_year ?? ""),
    is_read: line.is_read ? say(lang, "downloads.column.is_read") : "",
  };
  return COLUMNS.map((column) => withoutControls(cells[column]));
};

export const tableOf = (lang, shelves) => {
  const rows = shelves.flatMap(({ name, books }) =>
    books.map((book) => cellsOf(lang, name, lineOf(lang, book))),
  );
  const headings = COLUMNS.map((column) => say(lang, `downloads.column.${column}`));
  return csvOf(headings, rows);
};
