// What a patron does with shelves and their books. Each is an operation of the outbox, so it is
// shown at once, and sent when the library can be reached.
import { localOf, setLocal } from "$/utils/local";
import { libraryNow, libraryTime } from "$/utils/days";
import { act } from "$/utils/offline/outbox";
import { problemOfName, tidyName } from "$/utils/shelves/names";
import { tickNoBook } from "$/utils/shelves/view";
import { generateUUID } from "$/utils/state";

const MOST_AT_ONCE = 1000; // of one operation
const DAY_MS = 24 * 3600 * 1000;

// ------------------------------------------------------------ asking first

const ASKED = "page.asked";
const NOT_ASKED = { what: "", name: "", books: [], shelves: [], book: null, target: "", problem: "" };

export const shelfAsked = (local) => ({ ...NOT_ASKED, ...local[ASKED] });
export const askAbout = (what, about) => setLocal(ASKED, { ...NOT_ASKED, what, ...about });
export const askNoMore = () => setLocal(ASKED, undefined);
const refuse = (problem) => setLocal(ASKED, { ...localOf(ASKED), problem });

export const chooseTarget = (shelfId) => setLocal(ASKED, { ...localOf(ASKED), target: shelfId, problem: "" });

// ------------------------------------------------------------ shelves

const shownOf = ({ name }, more) => ({ shelf_name: name, records: [], ...more });

// A new shelf is shown once more before it is made; another name counts at once.
export const nameShelf = (longest, event) => {
  event.preventDefault();
  const { what, shelves } = localOf(ASKED);
  const name = tidyName(new FormData(event.target).get("shelf_name"));
  const problem = problemOfName(name, longest);
  if (problem) return refuse(problem);
  if (what === "create") return askAbout("create_check", { name });
  askNoMore();
  const [{ shelf_id, name: seen_name }] = shelves;
  if (name === seen_name) return undefined;
  return act("shelves.rename", { shelf_id, name, seen_name }, shownOf({ name }));
};

export const createShelf = (name) => {
  askNoMore();
  return act("shelves.create", { shelf_id: generateUUID(), name }, shownOf({ name }));
};

export const deleteShelves = async (shelves, days) => {
  askNoMore();
  const restorable_until = libraryTime(libraryNow() + days * DAY_MS).slice(0, 10);
  for (const shelf of shelves) {
    const { shelf_id, count } = shelf;
    await act("shelves.delete", { shelf_id, seen_count: count }, shownOf(shelf, { restorable_until }));
  }
  setLocal("page.chosen_shelves", []);
};

export const restoreShelf = (shelf) =>
  act("shelves.restore", { shelf_id: shelf.shelf_id }, shownOf(shelf));

export const arrangeShelf = (shelves, shelfId, where, after) => {
  const shelf = shelves.find(({ shelf_id }) => shelf_id === shelfId);
  return act("shelves.arrange", { shelf_id: shelfId, where, after: after ?? null }, shownOf(shelf));
};

export const isShelfChosen = (local, { shelf_id }) => (local["page.chosen_shelves"] ?? []).includes(shelf_id);
export const shelvesChosen = (local, shelves) => (shelves ?? []).filter((one) => isShelfChosen(local, one));
export const tickShelf = ({ shelf_id }) => {
  const chosen = localOf("page.chosen_shelves") ?? [];
  const others = chosen.filter((one) => one !== shelf_id);
  setLocal("page.chosen_shelves", others.length < chosen.length ? others : [...chosen, shelf_id]);
};
export const tickShelves = (shelves) =>
  setLocal("page.chosen_shelves", shelves.filter(({ name }) => name).map(({ shelf_id }) => shelf_id));

// ------------------------------------------------------------ books

const nameOf = (shelves, shelfId) => shelves.find(({ shelf_id }) => shelf_id === shelfId)?.name ?? "";

// Does something with books, of each shelf by itself, and no more at once than the library takes.
const actOn = async (kind, books, shelves, payload = {}, shown = {}) => {
  const ids = new Set(books.map(({ shelf_id }) => shelf_id));
  for (const shelf_id of ids) {
    const its = books.filter((book) => book.shelf_id === shelf_id);
    for (let first = 0; first < its.length; first += MOST_AT_ONCE) {
      const records = its.slice(first, first + MOST_AT_ONCE).map(({ record }) => record);
      const record_ids = records.map(({ record_id }) => record_id);
      const said = { shelf_name: nameOf(shelves, shelf_id), records, ...shown };
      await act(kind, { shelf_id, record_ids, ...payload }, said);
    }
  }
};

export const removeBooks = async (books, shelves) => {
  askNoMore();
  tickNoBook();
  await actOn("shelves.remove", books, shelves);
};

// Copies books to another shelf, or moves them there: `kind` is the operation.
export const carryBooks = async (kind, books, shelves) => {
  const { target } = { ...NOT_ASKED, ...localOf(ASKED) };
  if (!target) return refuse("shelves.page.no_target");
  askNoMore();
  tickNoBook();
  return actOn(kind, books, shelves, { target_id: target }, { target_name: nameOf(shelves, target) });
};

export const orderBooks = (where, books, shelves) =>
  actOn("shelves.order", books, shelves, { where, after: null });

// One book, moved by hand. Its key and the one that it comes after are those of view.js.
export const placeBook = (books, shelves, key, where, after) => {
  const recordId = (given) => Number(given.split("/")[1]);
  const book = books.filter(({ record, shelf_id }) => `${shelf_id}/${record.record_id}` === key);
  return actOn("shelves.order", book, shelves, { where, after: after ? recordId(after) : null });
};

export const markBooks = (isRead, books, shelves) =>
  actOn("shelves.mark", books.filter((book) => book.is_read !== isRead), shelves, { is_read: isRead });

export const writeNote = (book, shelves, longest, event) => {
  event.preventDefault();
  const note = new FormData(event.target).get("note").replace(/\r\n?/g, "\n").trim();
  if ([...note].length > longest) return refuse("shelves.refusal.note_too_long");
  askNoMore();
  if (note === book.note) return undefined;
  const { shelf_id, record } = book;
  const payload = { shelf_id, record_id: record.record_id, note, seen_note: book.note };
  return act("shelves.note", payload, { shelf_name: nameOf(shelves, shelf_id), records: [record] });
};
