// What operations on shelves change on the screen before the library has answered. What is
// done as it was asked for stays like this, so it must be what the library does, too
// (portal_app/services/shelves.py, shelf_books.py, shelf_filling.py); a test holds them together.

const idOf = ({ record }) => record.record_id;
const NOTHING = { revision: "", books: [] };
const UNKNOWN = { title_reading: "", creators: [], publisher: "", published_on: "" };
const NO_DETAIL = { ...UNKNOWN, published_year: null, isbn: "", title_sort: "", author_sort: "", places: [] };

const booksOn = ({ contents }, shelfId) => (contents[shelfId] ?? NOTHING).books;

// A shelf that was not looked into only counts its books: a part of them is not shown as all.
// One that is drawn here is none that the library has sent: it may be as it was when asked again.
const withBooks = (state, shelfId, books) => {
  const change = books.length - booksOn(state, shelfId).length;
  const counted = (one) =>
    one.shelf_id === shelfId ? { ...one, count: Math.max(0, one.count + change) } : one;
  const held = state.contents[shelfId];
  return {
    ...state,
    shelves: state.shelves.map(counted),
    contents: held ? { ...state.contents, [shelfId]: { revision: "", books } } : state.contents,
  };
};

// What has no category stands before all that have one.
const withShelf = (state, shelf) => ({
  ...state,
  shelves: shelf.name ? [...state.shelves, shelf] : [shelf, ...state.shelves],
});

const isThere = ({ shelves }, shelfId) => shelves.some(({ shelf_id }) => shelf_id === shelfId);

const withNewShelf = (state, shelf_id, name, created_at) =>
  withShelf(
    { ...state, contents: { ...state.contents, [shelf_id]: NOTHING } },
    { shelf_id, name, count: 0, created_at },
  );

// ------------------------------------------------------------ shelves

const create = (state, { payload: { shelf_id, name }, at }) =>
  isThere(state, shelf_id) ? state : withNewShelf(state, shelf_id, name, at);

const rename = (state, { payload: { shelf_id, name } }) => ({
  ...state,
  shelves: state.shelves.map((one) => (one.shelf_id === shelf_id ? { ...one, name } : one)),
});

const remove = (state, { payload: { shelf_id }, shown: { restorable_until } }) => {
  const gone = state.shelves.find((one) => one.shelf_id === shelf_id);
  if (!gone) return state;
  const { name, count } = gone;
  return {
    ...state,
    shelves: state.shelves.filter((one) => one !== gone),
    deleted: [{ shelf_id, name, count, restorable_until }, ...state.deleted],
  };
};

const restore = (state, { payload: { shelf_id }, at }) => {
  const back = state.deleted.find((one) => one.shelf_id === shelf_id);
  if (!back) return state;
  const { restorable_until: _until, ...shelf } = back;
  return withShelf(
    { ...state, deleted: state.deleted.filter((one) => one !== back) },
    { ...shelf, created_at: at },
  );
};

const arrange = (state, { payload: { shelf_id, where, after } }) => ({
  ...state,
  shelves: placed(state.shelves, (one) => one.shelf_id, [shelf_id], where, after) ?? state.shelves,
});

// ------------------------------------------------------------ books

// Returns all in an order in which these stand elsewhere, as portal_app/domain/shelves.py places
// them; nothing when what they should come after is not there.
export const placed = (all, keyOf, moving, where, after) => {
  const moved = moving.map((key) => all.find((one) => keyOf(one) === key)).filter(Boolean);
  const rest = all.filter((one) => !moved.includes(one));
  const before = { top: 0, bottom: rest.length, after: rest.findIndex((one) => keyOf(one) === after) + 1 }[where];
  if (where === "after" && !before) return undefined;
  return [...rest.slice(0, before), ...moved, ...rest.slice(before)];
};

const known = (state, recordId) =>
  Object.values(state.contents)
    .flatMap((held) => held?.books ?? [])
    .find((book) => idOf(book) === recordId);

const newBook = (state, shelfId, record, at) => ({
  ...{ shelf_id: shelfId, record, detail: known(state, record.record_id)?.detail ?? NO_DETAIL },
  ...{ added_at: at, note: "", is_read: false, has_left: false },
});

// As many microseconds later, so that books stand in the order in which they were put there.
const apart = (at, microseconds) => at.replace(/(?=[+]|$)/, `.${`${microseconds}`.padStart(6, "0")}`);

const put = (state, shelfId, books, at) => {
  const there = booksOn(state, shelfId);
  const carried = new Map(books.map((book) => [idOf(book), book]));
  const isNew = (book) => !there.some((one) => idOf(one) === idOf(book));
  const withNote = (book) => joined(book, carried.get(idOf(book)));
  const added = books
    .filter(isNew)
    .map((book, place) => ({ ...book, shelf_id: shelfId, added_at: apart(at, there.length + place) }));
  // It is there from the first book on.
  const shelved = isThere(state, shelfId) ? state : withNewShelf(state, shelfId, "", at);
  return withBooks(shelved, shelfId, [...there.map(withNote), ...added]);
};

// A book that comes to where it stands already brings what was written about it.
const joined = (book, carried) => {
  if (!carried) return book;
  const isSaid = book.note === carried.note || book.note.endsWith(`\n${carried.note}`);
  const note = isSaid ? book.note : [book.note, carried.note].filter(Boolean).join("\n");
  return { ...book, note, is_read: book.is_read || carried.is_read };
};

const add = (state, { payload: { shelf_id, record_ids }, shown, at }) => {
  const records = record_ids.flatMap((id) => shown.records?.find((one) => one.record_id === id) ?? []);
  return put(state, shelf_id, records.map((record) => newBook(state, shelf_id, record, at)), at);
};

const chosen = (state, { shelf_id, record_ids }) =>
  record_ids.map((id) => booksOn(state, shelf_id).find((book) => idOf(book) === id)).filter(Boolean);

const takeOff = (state, { payload: { shelf_id, record_ids } }) =>
  withBooks(state, shelf_id, booksOn(state, shelf_id).filter((book) => !record_ids.includes(idOf(book))));

const copy = (state, { payload, at }) =>
  payload.target_id === payload.shelf_id ? state : put(state, payload.target_id, chosen(state, payload), at);

const move = (state, operation) =>
  operation.payload.target_id === operation.payload.shelf_id ? state : takeOff(copy(state, operation), operation);

const order = (state, { payload: { shelf_id, record_ids, where, after } }) =>
  withBooks(
    state,
    shelf_id,
    placed(booksOn(state, shelf_id), idOf, record_ids, where, after) ?? booksOn(state, shelf_id),
  );

const changed = (state, shelfId, recordIds, change) =>
  withBooks(
    state,
    shelfId,
    booksOn(state, shelfId).map((book) => (recordIds.includes(idOf(book)) ? { ...book, ...change } : book)),
  );

const write = (state, { payload: { shelf_id, record_id, note } }) => changed(state, shelf_id, [record_id], { note });

const mark = (state, { payload: { shelf_id, record_ids, is_read } }) =>
  changed(state, shelf_id, record_ids, { is_read });

// ------------------------------------------------------------

const ofShelves = (project) => ({ ShelvesState }, operation) => ({ ShelvesState: project(ShelvesState, operation) });

export const PROJECTIONS = Object.fromEntries(
  Object.entries({
    "shelves.create": create,
    "shelves.rename": rename,
    "shelves.delete": remove,
    "shelves.restore": restore,
    "shelves.arrange": arrange,
    "shelves.add": add,
    "shelves.copy": copy,
    "shelves.move": move,
    "shelves.remove": takeOff,
    "shelves.order": order,
    "shelves.note": write,
    "shelves.mark": mark,
  }).map(([kind, project]) => [kind, ofShelves(project)]),
);
