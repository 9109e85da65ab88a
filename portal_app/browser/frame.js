// What the frame of a page does by itself.
import { createElement, useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";

// A full page load starts the reader at the top; a client-side one must be told to.
export function Arrival() {
  const { pathname } = useLocation();
  const arrivedAt = useRef(pathname);
  useEffect(() => {
    if (arrivedAt.current === pathname) return;
    arrivedAt.current = pathname;
    document.querySelector("h1")?.focus({ preventScroll: true });
  }, [pathname]);
  return null;
}

// Open beside a list, folded above it. The stylesheet hides what is not yet decided.
export function Fold({ children, ...attributes }) {
  const [open, setOpen] = useState(true);
  const [decided, setDecided] = useState(false);
  useEffect(() => {
    setOpen(window.matchMedia("(width >= 62rem)").matches);
    setDecided(true);
  }, []);
  return createElement(
    "details",
    {
      ...attributes,
      open,
      "data-decided": decided,
      onToggle: (event) => setOpen(event.currentTarget.open),
    },
    children,
  );
}

export const loadAgain = () => window.location.reload();
