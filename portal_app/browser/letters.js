// Which messages a page shows, and which of them is open. What is opened is read.
import { localOf, setLocal } from "$/utils/local";
import { act } from "$/utils/offline/outbox";

const OPENED = "page.letters_opened";
const READ_TOO = "page.letters_read_too";

const openedIn = (local) => local[OPENED] ?? [];

export const isLetterOpen = (local, { message_id: id }) => openedIn(local).includes(id);

export const newestUnread = (letters) => letters?.find((one) => !one.is_read) ?? null;

// One that was opened here stays, or it would go from under the reader's eyes.
export const lettersShown = (local, letters) =>
  (letters ?? []).filter((one) => local[READ_TOO] || !one.is_read || isLetterOpen(local, one));

export const openLetter = (letter) => {
  const opened = localOf(OPENED) ?? [];
  const { message_id: id, subject, is_read: isRead } = letter;
  const isOpen = opened.includes(id);
  setLocal(OPENED, isOpen ? opened.filter((one) => one !== id) : [...opened, id]);
  if (isOpen || isRead) return undefined;
  return act("messages.read", { message_id: id }, { shelf_name: subject });
};
