// The device's own database. Small enough to be written here: a library for it would be a
// seventh of the offline part.
const NAME = "portal";
const VERSION = 1;
const DURABLE = { durability: "strict" }; // on the disk before the patron is told

export const STORES = ["about", "copies", "operations", "seen"];

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

let opening;
const open = () => {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    const db = request.result;
    db.createObjectStore("about");
    db.createObjectStore("copies");
    db.createObjectStore("operations", { keyPath: "seq", autoIncrement: true });
    db.createObjectStore("seen", { keyPath: "address" });
  };
  return settled(request).then((db) => {
    const forget = () => {
      opening = undefined;
    };
    db.onversionchange = () => {
      db.close(); // a newer release in another tab
      forget();
    };
    db.onclose = forget;
    return db;
  });
};

// Runs `work` with a function that does something in a store and returns what came of it. All
// of it is done, or none.
const within = async (stores, mode, work) => {
  opening ??= open().catch((refusal) => {
    opening = undefined;
    throw refusal;
  });
  const tx = (await opening).transaction(stores, mode, DURABLE);
  const done = new Promise((resolve, reject) => {
    tx.oncomplete = resolve;
    tx.onabort = () => reject(tx.error);
  });
  const ask = (store, deed, ...given) => settled(tx.objectStore(store)[deed](...given));
  const [result] = await Promise.all([work(ask, tx), done]);
  return result;
};

export const reading = (work) => within(STORES, "readonly", work);
export const writing = (work) => within(STORES, "readwrite", work);
