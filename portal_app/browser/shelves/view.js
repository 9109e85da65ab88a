// Which books of a shelf a page shows and in which order: all of it worked out here, so that
// it needs no connection. Orders are those of portal_app/data/shelf_books.py; a test holds them
// together.
import { useLocation } from "react-router";
import { compareNames } from "$/utils/collation";
import { localOf, setLocal } from "$/utils/local";

export const ALL = "all"; // in the place of a shelf's number: whatever is on any shelf

export const shelfIdAt = (pathname) => /^\/shelves\/([^/]+)/.exec(pathname)?.[1] ?? "";
export const useShelfAt = () => shelfIdAt(useLocation().pathname);

export const bookKey = ({ shelf_id, record }) => `${shelf_id}/${record.record_id}`;

// A page asks for the same many times while it is drawn once.
const once = (work) => {
  let known;
  let result;
  return (...given) => {
    if (!known || given.some((one, at) => one !== known[at])) {
      known = given;
      result = work(...given);
    }
    return result;
  };
};

// ------------------------------------------------------------ shelves

// What has no category stands first, whichever way the others are sorted.
const byName = (one, other) => Boolean(one.name) - Boolean(other.name) || compareNames(one.name, other.name);

const ORDERS_OF_SHELVES = {
  name: byName,
  count: (one, other) => one.count - other.count || byName(one, other),
};

// In the patron's own order as they come; the library's words for what is written elsewhere.
export const shelvesShown = once((local, shelves) => {
  const { by, isDescending } = sortingOf(local, OF_SHELVES);
  const compare = ORDERS_OF_SHELVES[by];
  const sorted = compare ? [...(shelves ?? [])].sort(compare) : [...(shelves ?? [])];
  return isDescending ? sorted.reverse() : sorted;
});

// Returns the shelf of an address, all of them as one, or nothing.
export const shelfNamed = (shelves, shelfId) => {
  if (shelfId !== ALL) return (shelves ?? []).find(({ shelf_id }) => shelf_id === shelfId) ?? null;
  const count = (shelves ?? []).reduce((sum, one) => sum + one.count, 0);
  return { shelf_id: ALL, name: "", count, created_at: "" };
};

// ------------------------------------------------------------ books

// Returns the books of a shelf in the patron's own order, or nothing where this device has not
// looked into it.
export const booksOf = once((contents, shelves, shelfId) => {
  const ids = shelfId === ALL ? (shelves ?? []).map(({ shelf_id }) => shelf_id) : [shelfId];
  const held = ids.map((id) => contents?.[id]);
  return held.every(Boolean) ? held.flatMap(({ books }) => books) : null;
});

const compare = (one, other) => (one < other ? -1 : Number(one > other));

const titleOf = ({ record, detail }) => detail.title_sort || record.title;
const callNumberOf = ({ detail }) => detail.places.find((place) => place.call_number)?.call_number ?? "";

// What a book is sorted by, from the first to the last.
const ORDERS = {
  added: (book) => [book.added_at],
  title: (book) => [titleOf(book)],
  author: (book) => [book.detail.author_sort, titleOf(book)],
  call_number: (book) => [callNumberOf(book), titleOf(book)],
  published: ({ detail }) => [detail.published_year ?? "", detail.published_on],
};

// What has no author, call number or year stands last, whichever way the rest is sorted.
const compareParts = (ones, others, sign) => {
  for (const [at, one] of ones.entries()) {
    const other = others[at];
    if (one === other) continue;
    if (one === "" || other === "") return one === "" ? 1 : -1;
    return sign * compare(one, other);
  }
  return 0;
};

const compareLast = (one, other) =>
  compare(one.added_at, other.added_at) ||
  one.record.record_id - other.record.record_id ||
  compare(one.shelf_id, other.shelf_id);

export const sorted = once((books, by, isDescending) => {
  const parts = ORDERS[by];
  if (!parts) return isDescending ? [...books].reverse() : books;
  const sign = isDescending ? -1 : 1;
  return books
    .map((book) => ({ book, parts: parts(book) }))
    .sort((one, other) => compareParts(one.parts, other.parts, sign) || compareLast(one.book, other.book))
    .map(({ book }) => book);
});

// ------------------------------------------------------------ searching inside

// The catalogue's own spelling is loaded with the first word (search below).
let fold = (text) => text.toLowerCase();
let folded = new WeakMap();

const textOf = (book) => {
  if (!folded.has(book)) {
    const { record, detail } = book;
    const people = detail.creators.flatMap(({ name, reading }) => [name, reading]);
    const texts = [record.title, record.volume, record.series, record.line, book.note];
    const more = [detail.title_reading, detail.publisher, detail.isbn, ...people];
    folded.set(book, [...texts, ...more].map(fold).join("\n"));
  }
  return folded.get(book);
};

const withWords = once((books, words, _spelling) => {
  const wanted = words.split(/\s+/u).map(fold).filter(Boolean);
  return wanted.length ? books.filter((book) => wanted.every((word) => textOf(book).includes(word))) : books;
});

const learnSpelling = once(async () => {
  const spelling = await import("$/utils/spelling").catch(() => undefined);
  if (!spelling) return;
  fold = spelling.fold;
  folded = new WeakMap();
  setLocal("page.spelling", true); // so that the page is drawn anew
});

// ------------------------------------------------------------ what a page shows

const PAGE_SIZE = 20;
const OF_SHELVES = "shelves.sorting";
const OF_BOOKS = "shelf.sorting";
const USUAL = { [OF_SHELVES]: "own", [OF_BOOKS]: "added" };

const sortingOf = (local, name) => ({ by: USUAL[name], isDescending: false, ...local[name] });

export const sortedBy = (local, name) => sortingOf(local, name).by;
export const isDescending = (local, name) => sortingOf(local, name).isDescending;

// Where somebody was in a shelf, so that they find it again when they come back from a book.
const PLACE = "shelf.place";
const placeIn = (local, shelfId) => {
  const place = local[PLACE];
  return { page: 1, words: "", ...(place?.shelfId === shelfId ? place : {}) };
};
export const wordsIn = (local, shelfId) => placeIn(local, shelfId).words;

const nowIn = (shelfId) => placeIn({ [PLACE]: localOf(PLACE) }, shelfId);
const goWithin = (shelfId, change) => setLocal(PLACE, { ...nowIn(shelfId), ...change, shelfId });

export const turnTo = (shelfId, page) => goWithin(shelfId, { page: Number(page) });
export const followBook = (shelfId, place) =>
  turnTo(shelfId, Math.floor(place / sizeOf({ "shelf.size": localOf("shelf.size") })) + 1);
export const sizeOf = (local) => local["shelf.size"] ?? PAGE_SIZE;

export const searchWithin = (shelfId, words) => {
  goWithin(shelfId, { words, page: 1 });
  if (words) learnSpelling();
};

const sortingNow = (name) => sortingOf({ [name]: localOf(name) }, name);
const sortAnew = (name, shelfId, change) => {
  setLocal(name, { ...sortingNow(name), ...change });
  goWithin(shelfId, { page: 1 });
};
export const sortBy = (name, shelfId, by) => sortAnew(name, shelfId, { by });
export const turnAround = (name, shelfId, order) => sortAnew(name, shelfId, { isDescending: order === "descending" });
export const resizeShelf = (shelfId, size) => {
  setLocal("shelf.size", Number(size));
  goWithin(shelfId, { page: 1 });
};

// All that is there, in the order in which it is shown.
export const booksSorted = once((local, contents, shelves, shelfId) => {
  const { by, isDescending: isTurned } = sortingOf(local, OF_BOOKS);
  return sorted(booksOf(contents, shelves, shelfId) ?? [], by, isTurned);
});

// All that was found.
export const booksFound = once((local, contents, shelves, shelfId) =>
  withWords(booksSorted(local, contents, shelves, shelfId), wordsIn(local, shelfId), fold),
);

export const pagesOf = (local, found) => Math.max(1, Math.ceil(found.length / sizeOf(local)));

export const pageShown = (local, found, shelfId) =>
  Math.min(placeIn(local, shelfId).page, pagesOf(local, found));

export const booksShown = (local, contents, shelves, shelfId) => {
  const found = booksFound(local, contents, shelves, shelfId);
  const first = (pageShown(local, found, shelfId) - 1) * sizeOf(local);
  return found.slice(first, first + sizeOf(local));
};

// ------------------------------------------------------------ what is chosen

const CHOSEN = "page.chosen";

export const isBookChosen = (local, book) => (local[CHOSEN] ?? []).includes(bookKey(book));

// Also those that are on another page, or are not found by the words now.
export const booksChosen = once((local, contents, shelves, shelfId) => {
  const chosen = new Set(local[CHOSEN]);
  const books = booksSorted(local, contents, shelves, shelfId);
  return books.filter((book) => chosen.has(bookKey(book)));
});

export const tickBook = (book) => {
  const chosen = localOf(CHOSEN) ?? [];
  const key = bookKey(book);
  setLocal(CHOSEN, chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);
};
export const tickBooks = (books) => setLocal(CHOSEN, books.map(bookKey));
export const tickNoBook = () => setLocal(CHOSEN, []);
