// Books that come on a shelf from somewhere else: a pasted list, a file, a photograph. The library
// reads them and says which it has. The patron sees that before anything is put anywhere.
import { localOf, setLocal } from "$/utils/local";
import { isWithoutServer } from "$/utils/offline/connection";
import { act } from "$/utils/offline/outbox";
import { now } from "$/utils/offline/view";

const READ = "page.import";
const READING = "page.import_reading";
const PROBLEM = "page.import_problem";
const PUT = "page.import_put";

const AT_ONCE = 1000; // records of one operation
const LONGEST_NOTE = 2000;
const NOTHING = { found: [], missing: [], unread: [] };
const ISBN = /^97[89]\d{10}$/;

const idOf = ({ record }) => record.record_id;
const readIn = (local) => local[READ] ?? NOTHING;
const booksOn = (contents, shelfId) => contents?.[shelfId]?.books ?? [];

// ------------------------------------------------------------ what was read

export const foundIn = (local) => readIn(local).found;
export const missingIn = (local) => readIn(local).missing;
export const unreadIn = (local) => readIn(local).unread;

const isOn = (books) => {
  const there = new Set(books.map(idOf));
  return (one) => there.has(idOf(one));
};

export const isThere = (contents, shelfId, one) => isOn(booksOn(contents, shelfId))(one);

export const newIn = (local, contents, shelfId) => {
  const isAlready = isOn(booksOn(contents, shelfId));
  return foundIn(local).filter((one) => !isAlready(one));
};

// How many of them the shelf has no room for.
export const tooMany = (local, contents, shelfId, limit) =>
  Math.max(0, newIn(local, contents, shelfId).length + booksOn(contents, shelfId).length - limit);

// Whether what is there already gets a note or a read mark.
export const bringsMore = (local) => foundIn(local).some(({ note, is_read }) => note || is_read);

const notesOf = (...notes) => [...new Set(notes.filter(Boolean))].join("\n");

const together = (found) => {
  const books = new Map();
  for (const one of found) {
    const before = books.get(idOf(one)) ?? { note: "", is_read: false };
    const note = notesOf(before.note, one.note);
    books.set(idOf(one), { ...one, note, is_read: before.is_read || one.is_read });
  }
  return [...books.values()];
};

const eachOnce = (lines) => [...new Map(lines.map((one) => [JSON.stringify(one), one])).values()];

// One book after the other may be photographed, so what is read comes to what was read.
const remember = ({ found, missing, unread }) => {
  const before = localOf(READ) ?? NOTHING;
  setLocal(READ, {
    found: together([...before.found, ...found]),
    missing: eachOnce([...before.missing, ...missing]),
    unread: eachOnce([...before.unread, ...unread]),
  });
};

export const forgetRead = () => {
  for (const name of [READ, PROBLEM, PUT]) setLocal(name, undefined);
};

// Which of the operations that put it there the library has refused.
export const refusedOf = (local, { operations }) =>
  operations.filter(({ id, state }) => state === "refused" && local[PUT]?.operations.includes(id));

// ------------------------------------------------------------ asking the library

const failed = (name) => ({ refusal: `shelf_import.problem.${name}` });

const ask = (address, content) => {
  if (isWithoutServer()) return failed("no_connection");
  return fetch(address, { method: "POST", body: content, cache: "no-store" })
    .then((answer) => answer.json())
    .catch(() => failed("no_answer"));
};

let readings = 0;

const readBy = async (work) => {
  if (localOf(READING)) return undefined;
  const { owner } = now();
  readings += 1;
  const reading = readings;
  setLocal(READING, reading);
  setLocal(PROBLEM, "");
  setLocal(PUT, undefined);
  const answer = await work();
  // The page has been left meanwhile, or is somebody else's.
  if (localOf(READING) !== reading || now().owner !== owner) return undefined;
  setLocal(READING, 0);
  return answer.refusal ? setLocal(PROBLEM, answer.refusal) : remember(answer);
};

export const readPasted = (address, event) => {
  event.preventDefault();
  const text = new FormData(event.target).get("isbns");
  if (!text.trim()) return setLocal(PROBLEM, "shelf_import.problem.nothing_given");
  return readBy(() => ask(address, text));
};

// The file that was chosen. The field is emptied, so that the same one can be chosen again.
const taken = ({ target }) => {
  const [file] = target.files;
  target.value = "";
  return file;
};

export const readFile = (address, largest, event) => {
  const file = taken(event);
  if (!file) return undefined;
  if (file.size > largest) return setLocal(PROBLEM, "shelf_import.list_refusal.too_large");
  return readBy(() => ask(address, file));
};

// ------------------------------------------------------------ photographs

// What this browser itself sees on a photograph; nothing where it cannot look.
const isbnsOn = async (photo) => {
  if (typeof BarcodeDetector === "undefined") return [];
  const picture = await createImageBitmap(photo);
  const codes = await new BarcodeDetector({ formats: ["ean_13"] }).detect(picture);
  return codes.map(({ rawValue }) => rawValue).filter((code) => ISBN.test(code));
};

const withoutLines = (answer) =>
  answer.refusal ? answer : { ...answer, missing: answer.missing.map((one) => ({ ...one, number: 0 })) };

export const readPhoto = (lists, photos, largest, event) => {
  const photo = taken(event);
  if (!photo) return undefined;
  return readBy(async () => {
    const isbns = await isbnsOn(photo).catch(() => []);
    if (isbns.length) return withoutLines(await ask(lists, isbns.join("\n")));
    return photo.size > largest ? { refusal: "shelf_import.photo_refusal.too_large" } : ask(photos, photo);
  });
};

// ------------------------------------------------------------ putting it there

const inPortions = (books) => {
  const portions = [];
  for (let at = 0; at < books.length; at += AT_ONCE) portions.push(books.slice(at, at + AT_ONCE));
  return portions;
};

const hasNote = (book, note) => `\n${book?.note ?? ""}\n`.includes(`\n${note}\n`);

// What stands there already stays above; a note that would get too long is joined by the library.
const noteFor = (book, note) => {
  const whole = book?.note ? `${book.note}\n${note}` : note;
  return whole.length > LONGEST_NOTE
    ? { note, seen_note: "" }
    : { note: whole, seen_note: book?.note ?? "" };
};

// What does not fit is asked for like the rest, so that the library says so; only what is
// written about it would say it again for every book.
export const putThere = async (shelfId, shelfName, contents, limit) => {
  const read = localOf(READ) ?? NOTHING;
  const { found } = read;
  if (!found.length) return; // pressed twice
  const before = new Map(booksOn(contents, shelfId).map((book) => [idOf(book), book]));
  const added = found.filter((one) => !before.has(idOf(one)));
  const fitting = new Set(added.slice(0, Math.max(0, limit - before.size)));
  const standing = found.filter((one) => before.has(idOf(one)) || fitting.has(one));
  setLocal(READ, { ...read, found: [] });
  setLocal(PUT, { count: added.length, operations: [] });

  const actOn = async (kind, books, payload) => {
    const shown = { shelf_name: shelfName, records: books.map(({ record }) => record) };
    await act(kind, { shelf_id: shelfId, ...payload }, shown);
    const put = localOf(PUT);
    if (put) setLocal(PUT, { ...put, operations: [...put.operations, now().latest] });
  };
  for (const some of inPortions(added)) await actOn("shelves.add", some, { record_ids: some.map(idOf) });
  for (const one of standing.filter(({ note }) => note)) {
    const book = before.get(idOf(one));
    if (hasNote(book, one.note)) continue;
    await actOn("shelves.note", [one], { record_id: idOf(one), ...noteFor(book, one.note) });
  }
  const marked = standing.filter((one) => one.is_read && !before.get(idOf(one))?.is_read);
  for (const some of inPortions(marked))
    await actOn("shelves.mark", some, { record_ids: some.map(idOf), is_read: true });
};
