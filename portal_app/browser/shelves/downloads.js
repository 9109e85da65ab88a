// Takes shelves away as files (K-58). The library writes them; without a connection this device
// writes what it can by itself.
import { libraryTime } from "$/utils/days";
import { setLocal } from "$/utils/local";
import { isWithoutServer } from "$/utils/offline/connection";
import { save } from "$/utils/saving";
import { ALL } from "$/utils/shelves/view";
import { say } from "$/utils/speech";

const FILES = {
  text: {
    ending: "txt",
    type: "text/plain;charset=utf-8",
    written: async (lang, shelves, years) => {
      const { textOf } = await import("$/utils/shelves/text");
      return textOf(lang, shelves, libraryTime().slice(0, 10), years);
    },
  },
  csv: {
    ending: "csv",
    type: "text/csv;charset=utf-8",
    written: async (lang, shelves) => (await import("$/utils/shelves/table")).tableOf(lang, shelves),
  },
};

// The shelf that is taken, or all of them, each with those of the books that stand on it.
export const takenOf = (shelfId, shelves, books) =>
  (shelves ?? [])
    .filter(({ shelf_id }) => [ALL, shelf_id].includes(shelfId))
    .map(({ shelf_id, name, count }) => ({
      ...{ name, count },
      books: (books ?? []).filter((book) => book.shelf_id === shelf_id),
    }));

// Everything that this device has on any shelf, shelf by shelf in the patron's own order.
export const booksIn = (contents) => Object.values(contents ?? {}).flatMap((held) => held?.books ?? []);

const make = async (kind, lang, years, shelfId, shelves) => {
  const { ending, type, written } = FILES[kind];
  const text = await written(lang, shelves, years);
  const { fileName } = await import("$/utils/shelves/wording");
  const nameless = shelfId === ALL ? "downloads.all" : "shelves.unsorted";
  const named = shelfId === ALL ? "" : shelves[0]?.name;
  save(fileName(lang, named || say(lang, nameless), ending), type, text);
};

// With a connection the link leads to the library's own file. Reflex hands over what it would
// tell a server of the press, and then the press.
export const takeAway = async (kind, lang, years, shelfId, shelves, books, _told, press) => {
  setLocal("page.taken", "");
  if (!isWithoutServer()) return;
  press.preventDefault();
  const taken = takenOf(shelfId, shelves, books);
  const isWhole = taken.every((shelf) => shelf.books.length >= shelf.count);
  try {
    await make(kind, lang, years, shelfId, taken);
    setLocal("page.taken", isWhole ? "made_here" : "made_in_part");
  } catch (problem) {
    // A browser without the worker has not loaded what writes files.
    setLocal("page.taken", "needs_connection");
    reportError(problem);
  }
};
