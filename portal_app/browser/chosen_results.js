// What is ticked among the results of one search, through all its pages (K-22, K-56).
import { signedIn } from "$/utils/errand";
import { localOf, setLocal } from "$/utils/local";
import { actTogether, askedTogether } from "$/utils/together";

const CHOSEN = "results.chosen";
const PUT = "page.put";

// In another order, or more of them on a page, it is the same search.
const searchOf = (address) => {
  const asked = new URLSearchParams(address);
  for (const name of ["sort", "size", "page"]) asked.delete(name);
  asked.sort();
  return `${asked}`;
};

const idOf = ({ record_id }) => record_id;

export const resultsChosen = (local, address) => {
  const { search, records } = local[CHOSEN] ?? {};
  return search === searchOf(address) ? records : [];
};

export const isResultChosen = (local, address, record) =>
  resultsChosen(local, address).some((one) => idOf(one) === idOf(record));

const nowChosen = (address) => resultsChosen({ [CHOSEN]: localOf(CHOSEN) }, address);

const become = (address, records) => setLocal(CHOSEN, { search: searchOf(address), records });

export const tickResult = (address, record) => {
  const others = nowChosen(address).filter((one) => idOf(one) !== idOf(record));
  const wasChosen = others.length < nowChosen(address).length;
  become(address, wasChosen ? others : [...others, record]);
};

export const tickPage = (address, rows) => {
  const here = rows.map(({ record }) => record);
  const isHere = (one) => here.some((other) => idOf(other) === idOf(one));
  become(address, [...nowChosen(address).filter((one) => !isHere(one)), ...here]);
};

export const tickResults = (address, records) => become(address, records);
export const tickNoResult = (address) => become(address, []);

// ------------------------------------------------------------ the cart

// `refused` is how records stand that nobody may place on hold just now.
export const putAllInCart = (records, refused) => {
  const wanted = records.filter(({ availability }) => !refused.includes(availability));
  const deeds = wanted.map((record) => ["cart.add", { record_id: idOf(record) }, { record }]);
  return actTogether(PUT, deeds, { left_out: records.length - wanted.length });
};

export const putChosenInCart = async (address, records, refused) => {
  if (!(await signedIn("chosen", records))) return;
  await putAllInCart(records, refused);
  become(address, []);
};

export const leftOut = (local) => askedTogether(local, PUT).left_out ?? 0;
