// Says a text in the patron's language. Twin of portal_app/text, held to it by a test.
import { LANGUAGES } from "$/utils/languages";
import { OTHERS, WORDS } from "$/utils/words";

const known = { ja: WORDS };
const BLANK = /\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}/g;

// Not Intl: the prerenderer and every browser must write the same.
export const numberOf = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

export const knows = (lang) => lang in known;

// Fetches the words of a language; the worker keeps those of every language on the device.
export const learn = async (lang) => {
  known[lang] ??= (await OTHERS[lang]()).WORDS;
};

export const say = (lang, key, values = {}) => {
  const text = known[lang][key] ?? "";
  return text.replace(BLANK, (blank, name, one, many) => {
    const value = values[name];
    if (value === undefined || value === null) return "";
    if (one !== undefined) return value === 1 ? one : many;
    return typeof value === "number" ? numberOf(value) : String(value);
  });
};

// Kana or kanji. A catalogue of a library in Japan has few Chinese titles, and does not say which.
export const langOf = (text) => (/[\u3040-\u30ff\u3400-\u9fff]/.test(text ?? "") ? "ja" : undefined);

// The time of a moment that is written in library time. Reflex writes a space before it.
export const timeOf = (moment) => /[T ](\d{2}:\d{2})/.exec(moment ?? "")?.[1] ?? "";

// When each era begins, and its first year. Twin of portal_app/text/dates.py.
const ERAS = [
  ["2019-05-01", "令和", 2019],
  ["1989-01-08", "平成", 1989],
  ["1926-12-25", "昭和", 1926],
  ["1912-07-30", "大正", 1912],
  ["1873-01-01", "明治", 1868],
];

const japaneseYear = (day, year) => {
  const [, era, first] = ERAS.find(([begins]) => day >= begins) ?? [];
  if (!era) return year;
  return `${era}${year === first ? "元" : year - first + 1}`;
};

// Days are library days: the date is taken as written, without the browser's time zone.
export const dateOf = (lang, day, years) => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(day ?? "");
  if (!parts) return "";
  const [year, month, date] = parts.slice(1).map(Number);
  const { written, weekdays, months, has_eras: hasEras } = LANGUAGES[lang];
  const values = {
    year: hasEras && years === "japanese" ? japaneseYear(parts[0], year) : year,
    month: months[month - 1] ?? month,
    day: date,
    weekday: weekdays[(new Date(Date.UTC(year, month - 1, date)).getUTCDay() + 6) % 7], // Monday first
  };
  return written.replace(/\{(\w+)\}/g, (_, name) => values[name]);
};
