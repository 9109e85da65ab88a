// What a full page load gives for free and a client-side one does not: the reader starts at the top.
import { createElement, Fragment, useEffect, useRef } from "react";
import { useLocation } from "react-router";

export function Arrival({ children }) {
  const { pathname } = useLocation();
  const arrivedAt = useRef(pathname);
  useEffect(() => {
    if (arrivedAt.current === pathname) return;
    arrivedAt.current = pathname;
    document.querySelector("h1")?.focus({ preventScroll: true });
  }, [pathname]);
  return createElement(Fragment, {}, children);
}
