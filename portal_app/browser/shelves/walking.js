// A shelf as a way through the stacks: by branch, room and call number.
import { compareNames } from "$/utils/collation";
import { orderOf } from "$/utils/shelves/call_numbers";
import { booksOf } from "$/utils/shelves/view";

const idOf = ({ record }) => record.record_id;

// ------------------------------------------------------------ what is looked for

const grouped = (ones, keyOf) => {
  const groups = new Map();
  for (const one of ones) {
    if (!groups.has(keyOf(one))) groups.set(keyOf(one), []);
    groups.get(keyOf(one)).push(one);
  }
  return [...groups];
};

// What stands on several shelves is looked for once.
const united = (books) =>
  grouped(books, idOf).map(([, same]) => ({ ...same[0], is_read: same.some((one) => one.is_read) }));

// Why a book has no place in the stacks, as far as this device knows.
const reasonOf = ({ has_left: hasLeft, detail }) => {
  if (hasLeft) return "left";
  if (detail.places.length) return "";
  return detail.title_sort ? "not_held" : "not_known";
};

// ------------------------------------------------------------ the way

const before = (one, other) => (one < other ? -1 : Number(one > other));
const by = (keyOf) => (one, other) => before(keyOf(one), keyOf(other));

const stopsOf = ({ record, detail, is_read }) =>
  detail.places.map((place) => ({
    ...{ ...place, record, is_read },
    ...{ author: detail.creators.map(({ name }) => name).join(", ") },
    ...{ order: orderOf(place.call_number), title_sort: detail.title_sort },
  }));

const inOrder = (stops) => stops.sort(by(({ title_sort }) => title_sort)).sort(by(({ order }) => order));

const roomsOf = (stops) =>
  grouped(stops, ({ room }) => room)
    .map(([name, there]) => ({ name, stops: inOrder(there) }))
    .sort((one, other) => compareNames(one.name, other.name));

const branchesOf = (stops, codes) => {
  const placeOf = (code) => (codes.includes(code) ? codes.indexOf(code) : codes.length);
  return grouped(stops, ({ branch_code }) => branch_code)
    .map(([code, there]) => ({ code, rooms: roomsOf(there) }))
    .sort(by(({ code }) => code))
    .sort(by(({ code }) => placeOf(code)));
};

const work = (all, codes, branch, isHere, isUnread) => {
  const books = united(all).filter((book) => !isUnread || !book.is_read);
  const stops = books
    .filter((book) => !reasonOf(book))
    .flatMap(stopsOf)
    .filter((stop) => (!branch || stop.branch_code === branch) && (!isHere || stop.is_here));
  // Whoever looks for what stands in one place is not told of what stands nowhere.
  const unplaced = books
    .map((book) => ({ record: book.record, why: reasonOf(book) }))
    .filter(({ why }) => why && !branch && !isHere)
    .sort(by(({ why }) => why));
  const recordIds = [...new Set([...stops, ...unplaced].map(idOf))];
  return { branches: branchesOf(stops, codes.split(" ")), unplaced, record_ids: recordIds };
};

// A page asks for the same many times while it is drawn.
const known = { given: [], walk: undefined };

// `codes` are those of the branches in the order of the library's file, as one text.
export const walkOf = (local, contents, shelves, shelfId, codes) => {
  const books = booksOf(contents, shelves, shelfId);
  const narrowed = [local["walking.branch"], local["walking.is_here"], local["walking.is_unread"]];
  const given = [books, codes, ...narrowed];
  if (known.given.length !== given.length || given.some((one, at) => one !== known.given[at]))
    Object.assign(known, { given, walk: work(books ?? [], codes, ...narrowed) });
  return known.walk;
};
