// Finds by word in what this device has: the patron's own things, and what was seen. Loaded
// only where there is no server to ask (seen.js).
import { fold } from "$/utils/spelling";

const MOST_CONDITIONS = 6;
const MOST_FOUND = 100;
const WORDS = /"([^"]+)"|(\S+)/g;

// ------------------------------------------------------------ what this device has

// Whatever lists records is searched, so a new kept list is found without a word here.
const recordsOf = (values) =>
  Object.entries(values).flatMap(([source, rows]) =>
    Array.isArray(rows) && rows[0]?.record
      ? rows.map(({ record }) => ({ record, source, as_of: values.as_of, more: [] }))
      : [],
  );

const recordsSeen = ({ fields: { rows = [], record, as_of } }) =>
  (record ? [{ record: record.summary, more: detailsOf(record) }] : rows).map((row) => ({
    ...{ record: row.record, more: row.more ?? [] },
    ...{ source: "seen", as_of },
  }));

const detailsOf = (record) => [
  ...[record.title_reading, record.series_reading, record.publisher, ...record.subjects],
  ...record.creators.flatMap(({ name, reading }) => [name, reading]),
  ...record.identifiers.map(({ value }) => value),
];

// Every record once: the patron's own first, then what was seen, each as the library last
// said that it stands.
const knownRecords = ({ own, seen }) => {
  const known = new Map();
  for (const { record, source, as_of, more } of [...own.flatMap(recordsOf), ...seen.flatMap(recordsSeen)]) {
    const before = known.get(record.record_id) ?? { record, as_of, sources: [], more: [] };
    const isSaid = source === "seen" ? before.sources.length : before.sources.includes(source);
    known.set(record.record_id, {
      ...(as_of > before.as_of ? { record, as_of } : before),
      sources: isSaid ? before.sources : [...before.sources, source],
      more: [...before.more, ...more],
    });
  }
  return [...known.values()];
};

// ------------------------------------------------------------ what is asked for

const wordsOf = (text) =>
  Array.from(text.normalize("NFKC").replace(/[“”]/g, '"').matchAll(WORDS), ([, quoted, word]) =>
    fold(quoted ?? word),
  );

const conditionsOf = (asked) => {
  const said = [{ words: asked.get("q") ?? "" }];
  for (let number = 1; number <= MOST_CONDITIONS; number += 1)
    said.push({
      ...{ words: asked.get(`t${number}`) ?? "", connector: asked.get(`c${number}`) },
      ...{ isClass: asked.get(`f${number}`) === "ndc" },
    });
  return said
    .map((condition) => ({ ...condition, words: wordsOf(condition.words) }))
    .filter(({ words }) => words.length);
};

// A device knows the class of a book by its call number, with which the line ends. E is the
// mark of picture books.
const CLASS = /(?:^|[^0-9])([0-9]{3}(?:\.[0-9]+)?)/;
const isOfClassNumber = ({ line }, [begun]) => {
  const callNumber = (line ?? "").split(" -- ").at(-1);
  const number = /^E(?![A-Z])/.test(callNumber) ? "726.6" : CLASS.exec(callNumber)?.[1];
  if (fold("E") === begun) return number === "726.6";
  const digits = (text) => text.replace(/[^0-9]/g, "");
  return digits(number ?? "").startsWith(digits(begun));
};

const fits = ({ record, more }, conditions) => {
  const texts = [record.title, record.volume, record.series, record.line, ...more];
  const text = texts.map(fold).join("\n");
  return conditions.reduce((isFitting, { connector, words, isClass }, at) => {
    const has = isClass ? isOfClassNumber(record, words) : words.every((word) => text.includes(word));
    if (connector === "or" && at) return isFitting || has;
    return isFitting && has === (connector !== "not");
  }, true);
};

// Returns whether the address asks for something, and which records of this device answer it.
// Its words count, the classes of books and of material, and for whom: a device cannot know the rest.
export const find = (address, known) => {
  const { pathname, searchParams } = new URL(address, "https://portal.invalid");
  const [, recordId] = /^\/records\/(\d+)/.exec(pathname) ?? [];
  const records = knownRecords(known);
  if (recordId) {
    const rows = records.filter(({ record }) => record.record_id === Number(recordId));
    return { isAsked: true, rows };
  }
  const conditions = conditionsOf(searchParams);
  const materials = (searchParams.get("class") ?? "").split(",").filter(Boolean);
  const audience = searchParams.get("audience");
  const isAsked = conditions.length + materials.length > 0 || Boolean(audience);
  const isOfClass = ({ record }) => !materials.length || materials.includes(record.material);
  const isForThem = ({ record }) => !audience || record.audience === audience;
  const found = records.filter(
    (one) => isOfClass(one) && isForThem(one) && fits(one, conditions),
  );
  return { isAsked, rows: isAsked ? found.slice(0, MOST_FOUND) : [] };
};
