// In which order the rows of a table stand, as this page itself knows it (G-22, G-31).
import { compareNames } from "$/utils/collation";

const valueIn = (row, path) => path.split(".").reduce((value, name) => value?.[name], row) ?? "";

// What is not listed comes behind all that is.
const rankIn = (ranks, value) => (ranks.includes(value) ? ranks.indexOf(value) : ranks.length);

const isDay = (value) => /^\d{4}-\d{2}-\d{2}$/.test(value);

const compared = (one, other, ranks) => {
  if (ranks) return rankIn(ranks, one) - rankIn(ranks, other);
  if (typeof one === "number" && typeof other === "number") return one - other;
  if (isDay(one) && isDay(other)) return (one > other) - (one < other);
  return compareNames(String(one), String(other));
};

// By what they stand is a path into a row, with a minus before it from the end. What has nothing
// there comes last either way, and rows that are equal stay as the library has sent them.
export const sortedRows = (rows, by, ranksOf) => {
  const isDescending = by.startsWith("-");
  const path = isDescending ? by.slice(1) : by;
  const lacks = (row) => valueIn(row, path) === "";
  return [...(rows ?? [])].sort((one, other) => {
    if (lacks(one) || lacks(other)) return lacks(one) - lacks(other);
    const order = compared(valueIn(one, path), valueIn(other, path), ranksOf[path]);
    return isDescending ? -order : order;
  });
};
