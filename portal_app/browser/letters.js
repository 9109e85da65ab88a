// Which messages a page shows, and which of them is open. What is opened is read.
import { localOf, setLocal } from "$/utils/local";
import { act } from "$/utils/offline/outbox";

const OPENED = "page.letters_opened";
const READ_TOO = "page.letters_read_too";

const openedIn = (local) => local[OPENED] ?? [];

// Messages to many are counted by themselves.
const nameOf = ({ is_to_many: isToMany, message_id: id }) => `${isToMany ? "many" : "one"}-${id}`;

export const isLetterOpen = (local, letter) => openedIn(local).includes(nameOf(letter));

export const newestUnread = (letters) => letters?.find((one) => !one.is_read) ?? null;

// One that was opened here stays, or it would go from under the reader's eyes.
export const lettersShown = (local, letters) =>
  (letters ?? []).filter((one) => local[READ_TOO] || !one.is_read || isLetterOpen(local, one));

export const openLetter = (letter) => {
  const opened = localOf(OPENED) ?? [];
  const { message_id, is_to_many, subject, is_read: isRead } = letter;
  const name = nameOf(letter);
  const isOpen = opened.includes(name);
  setLocal(OPENED, isOpen ? opened.filter((one) => one !== name) : [...opened, name]);
  if (isOpen || isRead) return undefined;
  return act("messages.read", { message_id, is_to_many }, { shelf_name: subject });
};
