// Says a text in the patron's language. Twin of portal_app/text, held to it by a test.
import { WORDS } from "$/utils/words";

const LANGS = ["ja", "en", "ja-simple"];
const BLANK = /\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}/g;

const WEEKDAYS = {
  ja: ["日", "月", "火", "水", "木", "金", "土"],
  en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
  "ja-simple": ["日曜日", "月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日"],
};
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

// Not Intl: the prerenderer and every browser must write the same.
export const numberOf = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

export const say = (lang, key, values = {}) => {
  const text = WORDS[key]?.[LANGS.indexOf(lang)] ?? "";
  return text.replace(BLANK, (blank, name, one, many) => {
    const value = values[name];
    if (value === undefined || value === null) return "";
    if (one !== undefined) return value === 1 ? one : many;
    return typeof value === "number" ? numberOf(value) : String(value);
  });
};

// The time of a moment that is written in library time.
export const timeOf = (moment) => /T(\d{2}:\d{2})/.exec(moment ?? "")?.[1] ?? "";

// Days are library days: the date is taken as written, without the browser's time zone.
export const dateOf = (lang, day) => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(day ?? "");
  if (!parts) return "";
  const [year, month, date] = parts.slice(1).map(Number);
  const weekday = WEEKDAYS[lang][new Date(Date.UTC(year, month - 1, date)).getUTCDay()];
  if (lang === "en") return `${weekday} ${date} ${MONTHS[month - 1]} ${year}`;
  if (lang === "ja-simple") return `${year}年 ${month}月 ${date}日（${weekday}）`;
  return `${year}年${month}月${date}日（${weekday}）`;
};
