// How texts become the text of a file, and a name becomes that of a file. Twin of tidy and
// without_controls in portal_app/exchange/wording.py and of shelf_files.py, held to them by a test.
import { say } from "$/utils/speech";

const MEANINGLESS = /[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]/gu;
const SPACES = /[ \t\n\r\x0b\x0c\u00a0\u3000]+/g;
const LINE_ENDS = /[\u2028\u2029]/g;

const NOT_IN_A_NAME =
  /[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g;
const AROUND_A_NAME = /^[. ~-]+|[. ~-]+$/g;
const NAMES_OF_WINDOWS = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;
const MOST_BYTES_IN_A_NAME = 200;

export const withoutControls = (text) => text.replace(MEANINGLESS, "");

const tidy = (text) => withoutControls(text).replace(SPACES, " ").normalize("NFC").trim();

export const onOneLine = (text) => tidy(text.replace(LINE_ENDS, " "));

// As much of a name as fits, without half a character at the end.
const shortened = (name) => {
  const bytes = new TextEncoder().encode(name).slice(0, MOST_BYTES_IN_A_NAME);
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes, { stream: true });
};

export const fileName = (lang, name, ending) => {
  const plain = tidy(name).replace(NOT_IN_A_NAME, "_").replace(AROUND_A_NAME, "");
  const short = shortened(plain).replace(/[. ]+$/, "");
  const named = /[^_]/.test(short) ? short : say(lang, "downloads.column.shelf");
  return `${NAMES_OF_WINDOWS.test(named) ? "_" : ""}${named}.${ending}`;
};
