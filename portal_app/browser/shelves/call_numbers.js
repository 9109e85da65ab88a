// In which order books stand in the stacks.
const HIRAGANA = /[ぁ-ゖ]/g;
const SMALL = "ァィゥェォッャュョヮヵヶ";
const LARGE = "アイウエオツヤユヨワカケ";
const BETWEEN = /[\s/・-]+/;
const CLASS = /^(\D*)(\d*(?:\.\d+)*)(.*)$/;
const DIGITS = 12;

// Lower than whatever can stand in a part: 9 comes before 91, and 913.6 before 913.6/ア.
const END = "\u0001";
const LAST = "\uffff";

const asKatakana = (kana) => String.fromCodePoint(kana.codePointAt(0) + 0x60);

// ハ, バ and パ stand together, and so do ツ and ッ.
const plain = (text) =>
  text
    .normalize("NFD")
    .replace(/[\u3099\u309a]/g, "")
    .replace(/[ァィゥェォッャュョヮヵヶ]/g, (kana) => LARGE[SMALL.indexOf(kana)]);

const counted = (text) => text.replace(/\d+/g, (digits) => digits.padStart(DIGITS, "0"));

// Returns a text by which call numbers are sorted: the letters before the class, the class as a
// decimal number, then the rest, in which numbers count as such. What has none comes last.
export const orderOf = (callNumber) => {
  const written = callNumber.normalize("NFKC").toUpperCase().replace(HIRAGANA, asKatakana).trim();
  if (!written) return LAST;
  const [first, ...others] = written.split(BETWEEN).filter(Boolean);
  const [, letters, number, behind] = CLASS.exec(first ?? "");
  const rest = [behind, ...others].filter(Boolean).map(counted);
  const parts = [letters, number.replaceAll(".", ""), ...rest].map(plain);
  return `${parts.join(END)}\u0000${written}`;
};
