// 借りたことがある資料 (K-08, K-18): the library unseals it for whoever has the cookie, and this
// page alone remembers it, until it is left. Nothing of it is kept on the device.
import { useEffect } from "react";
import { localOf, setLocal } from "$/utils/local";
import { isWithoutServer } from "$/utils/offline/connection";
import { now, useOffline } from "$/utils/offline/view";
import { sortedRows } from "$/utils/tables";

const HISTORY = "page.history";
const BUSY = "page.history_busy";
const PROBLEM = "page.history_problem";
const SAID = "page.history_said";
const CODE = "page.history_code";
const WORDS = "page.history_words";
const SHOWN = "page.history_shown";
const ASKED = "page.history_asked";

const SHOWN_AT_FIRST = 100;
const FORGOTTEN_AT_ONCE = 500;
const NOTHING = [];

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

// ------------------------------------------------------------ what the page shows

const entriesOf = (local) => local[HISTORY]?.entries ?? NOTHING;

// "", off, locked or open; "" until the library has answered.
export const historyState = (local) => {
  const history = local[HISTORY];
  if (!history) return "";
  if (!history.is_kept) return "off";
  return history.is_open ? "open" : "locked";
};

// The catalogue's own spelling is loaded with the first word.
let fold = (text) => text.toLowerCase();

const wordsOf = (text) => text.split(/\s+/u).map(fold).filter(Boolean);

const withWords = once((entries, words, _spelling) => {
  const wanted = wordsOf(words);
  if (!wanted.length) return entries;
  return entries.filter(({ record }) => {
    const text = [record.title, record.volume, record.line].map(fold).join("\n");
    return wanted.every((word) => text.includes(word));
  });
});

const inOrder = once((entries, by) => sortedRows(entries, by, {}));

// All that was found, as the table stands.
export const historyFound = (local, by) => inOrder(withWords(entriesOf(local), local[WORDS] ?? "", fold), by);

export const historyCount = (local) => entriesOf(local).length;
export const historyShown = (local, by) => historyFound(local, by).slice(0, local[SHOWN] ?? SHOWN_AT_FIRST);

export const searchHistory = async (words) => {
  setLocal(WORDS, words);
  const spelling = await import("$/utils/spelling").catch(() => undefined);
  if (!spelling || fold === spelling.fold) return;
  fold = spelling.fold;
  setLocal("page.spelling", true); // so that the page is drawn anew
};

export const showMore = () => setLocal(SHOWN, (localOf(SHOWN) ?? SHOWN_AT_FIRST) * 4);

// ------------------------------------------------------------ asking the library

const failed = (name) => ({ refusal: `history.problem.${name}` });

const ask = (address, fields) => {
  if (isWithoutServer()) return failed("no_connection");
  return fetch(address, { method: "POST", body: new URLSearchParams(fields), cache: "no-store" })
    .then((answer) => answer.json())
    .catch(() => failed("no_answer"));
};

let turns = 0;

// One thing after the other. What comes when the page has been left, or is somebody else's, is
// dropped: nobody shall find it there.
const during = async (work) => {
  if (localOf(BUSY)) return undefined;
  const { owner } = now();
  turns += 1;
  const turn = turns;
  setLocal(BUSY, turn);
  setLocal(PROBLEM, "");
  setLocal(SAID, null);
  const answer = await work();
  if (localOf(BUSY) !== turn || now().owner !== owner) return undefined;
  setLocal(BUSY, 0);
  if (!answer.refusal) return answer;
  setLocal(PROBLEM, answer.refusal);
  return undefined;
};

const refused = (name) => setLocal(PROBLEM, `history.problem.${name}`);

export const readHistory = async (address) => {
  const read = await during(() => ask(address));
  if (read) setLocal(HISTORY, read);
  return read;
};

const saidThen = async (said, address) => {
  if (await readHistory(address)) setLocal(SAID, { what: said, count: 0 });
};

// Reads it when the page has been opened or the library is reached again.
export function HistoryRead({ address }) {
  const { connection, owner } = useOffline();
  const canAsk = connection === "online" && Boolean(owner);
  useEffect(() => {
    if (!canAsk || localOf(HISTORY)) return undefined;
    // Not before the page that was left has been forgotten, which comes after this.
    const soon = setTimeout(() => readHistory(address));
    return () => clearTimeout(soon);
  }, [canAsk, address]);
  return null;
}

// ------------------------------------------------------------ locks

const passwordIn = (event) => {
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(event.target));
  if (!fields.password) refused("nothing_given");
  return fields.password ? fields : undefined;
};

const showCode = ({ code, draft = "" }) => setLocal(CODE, { code, draft, is_kept: false });

export const beginHistory = async (address, event) => {
  const fields = passwordIn(event);
  const begun = fields && (await during(() => ask(address, fields)));
  if (begun) showCode(begun);
};

export const tickKept = () => setLocal(CODE, { ...localOf(CODE), is_kept: !localOf(CODE).is_kept });
export const dropCode = () => setLocal(CODE, null);

export const keepHistory = async (address, read) => {
  const { draft } = localOf(CODE);
  if (!(await during(() => ask(address, { draft })))) return;
  dropCode();
  await saidThen("begun", read);
};

export const unlockHistory = async (address, read, event) => {
  const fields = passwordIn(event);
  if (!fields || !(await during(() => ask(address, fields)))) return;
  await saidThen("opened", read);
};

// ------------------------------------------------------------ deleting

export const askToForget = (entry) => setLocal(ASKED, { what: "one", chosen: [entry] });
export const askToEnd = () => setLocal(ASKED, { what: "end", chosen: [] });
export const dismissAsked = () => setLocal(ASKED, null);

export const askToForgetPeriod = (event) => {
  event.preventDefault();
  const { first, last } = Object.fromEntries(new FormData(event.target));
  setLocal(PROBLEM, "");
  if (!first || !last || last < first) return refused("no_days");
  const chosen = entriesOf({ [HISTORY]: localOf(HISTORY) }).filter(
    ({ returned_on: day }) => first <= day && day <= last,
  );
  return chosen.length ? setLocal(ASKED, { what: "some", chosen }) : refused("nothing_then");
};

const forgetAll = async (address, ids) => {
  for (let at = 0; at < ids.length; at += FORGOTTEN_AT_ONCE) {
    const answer = await ask(address, { ids: ids.slice(at, at + FORGOTTEN_AT_ONCE).join(",") });
    if (answer.refusal) return answer;
  }
  return { refusal: "" };
};

export const forgetAsked = async (address) => {
  const ids = (localOf(ASKED)?.chosen ?? NOTHING).map(({ id }) => id);
  dismissAsked();
  if (!(await during(() => forgetAll(address, ids)))) return;
  const history = localOf(HISTORY);
  const gone = new Set(ids);
  setLocal(HISTORY, { ...history, entries: history.entries.filter(({ id }) => !gone.has(id)) });
  setLocal(SAID, { what: "forgotten", count: ids.length });
};

export const endHistory = async (address, read) => {
  dismissAsked();
  if (await during(() => ask(address))) await saidThen("ended", read);
};
