// What the frame of a page does by itself.
import { createElement, useEffect, useRef } from "react";
import { useLocation } from "react-router";
import { eventLoop } from "$/utils/context-registry";
import { ReflexEvent } from "$/utils/state";

// Kept outside of React, since every page brings an Arrival of its own.
let arrivedAt;

// A full page load starts the reader at the top; a client-side one must be told to.
// Who comes back to a list is put where they left it, which the address names.
export function Arrival() {
  const { pathname, hash } = useLocation();
  useEffect(() => {
    const isFirst = arrivedAt === undefined;
    if (!isFirst && arrivedAt !== pathname) {
      const left = document.getElementById(hash.slice(1))?.querySelector("a");
      if (left) left.focus();
      else document.querySelector("h1")?.focus({ preventScroll: true });
    }
    arrivedAt = pathname;
  }, [pathname]);
  return null;
}

// Open beside a list, folded above it. The stylesheet hides what is not yet decided.
// React keeps its hands off `open` after that: the patron decides.
export function Fold({ children, ...attributes }) {
  const details = useRef(null);
  useEffect(() => {
    details.current.open = window.matchMedia("(width >= 62rem)").matches;
    details.current.dataset.decided = "true";
  }, []);
  return createElement("details", { ...attributes, ref: details, open: true }, children);
}

export const loadAgain = () => window.location.reload();

// Leads to another page without a new load, from outside of React.
export const go = (path) =>
  eventLoop.addEvents([
    ReflexEvent("_redirect", { path, external: false, popup: false, replace: false }),
  ]);
