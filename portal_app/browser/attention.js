// What has just come up on a page, at which whoever brought it about goes on.
import { createElement, useEffect, useRef } from "react";

export function Attention({ since, children, ...attributes }) {
  const place = useRef(null);
  useEffect(() => place.current?.focus(), [since]);
  return createElement("div", { ...attributes, ref: place, tabIndex: -1 }, children);
}

// What a form holds now, for a button that asks about it without sending it.
export const fieldsOf = (form) =>
  Object.fromEntries(new FormData(document.querySelector(`form.${form}`)));
