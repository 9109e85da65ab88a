// How titles and names are read, for children. From the record, never guessed.

const KANJI = /[\p{Script=Han}々]/u;
const ALPHABET = /[A-Za-z]{2}/;
const TO_HIRAGANA = "ァ".codePointAt(0) - "ぁ".codePointAt(0);

// Returns a reading in the letters that children learn first; nothing where all can be read already.
export const readingOf = (written, reading) =>
  KANJI.test(written) || ALPHABET.test(written)
    ? (reading ?? "").replace(/[ァ-ヶ]/g, (letter) =>
        String.fromCodePoint(letter.codePointAt(0) - TO_HIRAGANA),
      )
    : "";
