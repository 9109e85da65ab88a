// What makes two spellings the same word. Twin of portal_app/domain/search_key.py, held to it
// by a test.
import { CHARACTERS, COMPARED_AS } from "$/utils/characters";

const SILENT = /[ー'’\u0300-\u036f\u3099\u309a]/;
const KEPT = /[+#\p{L}\p{N}\p{M}]/u;
const V = { ア: "バ", イ: "ビ", エ: "ベ", オ: "ボ" };
const BETWEEN_WORDS = / ?([々〆〇ァ-ヿ㐀-䶿一-鿿豈-﫿\u{20000}-\u{2fa1f}]) ?/gu;

const comparedAs = [...COMPARED_AS];
const same = new Map([...CHARACTERS].map((character, at) => [character, comparedAs[at]]));

const workOut = (character) => {
  if (SILENT.test(character)) return "";
  const other = same.get(character) ?? character;
  const [plain] = other.normalize("NFD");
  const key = plain < "\x80" ? plain : other;
  return KEPT.test(key) ? key : " ";
};

// What becomes of one character, worked out when it is first met.
const folded = new Map();
const foldOne = (character) => {
  if (!folded.has(character)) folded.set(character, workOut(character));
  return folded.get(character);
};

export const fold = (text) =>
  Array.from(text.normalize("NFKC").toLowerCase().replace(/ß/g, "ss"), foldOne)
    .join("")
    .replace(/[ゔヴ]([アイエオ]?)/g, (_, vowel) => V[vowel] ?? "ブ")
    .replace(/ +/g, " ")
    .replace(BETWEEN_WORDS, "$1")
    .trim();
