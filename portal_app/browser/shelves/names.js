// What a shelf may be called. Twin of portal_app/domain/shelves.py, held to it by a test.

// They turn the writing around for whatever comes after the name.
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const SPACES = /[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;
const NO_TEXT = /[\p{Cc}\p{Cs}]/gu;
const LONGEST = 400; // code points

let characters; // made when a name is first counted, since it takes a phone long

// How many characters people see: 👨‍👩‍👧 is one, and so is が in two parts.
export const lengthOf = (name) => {
  characters ??= Intl.Segmenter ? new Intl.Segmenter("ja") : { segment: (text) => text };
  return [...characters.segment(name)].length;
};

export const tidyName = (typed) =>
  typed
    .normalize("NFC")
    .replace(TURNS, "")
    .replace(SPACES, " ")
    .replace(NO_TEXT, "")
    .split(" ")
    .filter(Boolean)
    .join(" ");

// Returns the key of why a shelf cannot be called so, or an empty text.
export const problemOfName = (name, longest) => {
  if (!name) return "shelves.refusal.no_name";
  const isTooLong = lengthOf(name) > longest || [...name].length > LONGEST;
  return isTooLong ? "shelves.refusal.name_too_long" : "";
};
