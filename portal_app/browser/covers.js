// A cover for a book we have no picture of: always the same one for the same title.

const ARTICLES = /^(?:the|an?)\s+/i;
const BEFORE_TITLE = /^[\s「『（(【\[〈《"'“‘・…―—-]+/u;

export const firstOf = (title) => {
  const start = (title ?? "").replace(BEFORE_TITLE, "").replace(ARTICLES, "");
  return [...start][0]?.toUpperCase() ?? "";
};

const TONES = 6;

export const toneOf = (title) => {
  let sum = 0;
  for (const character of title ?? "") sum = (sum * 31 + character.codePointAt(0)) >>> 0;
  return String(sum % TONES);
};
