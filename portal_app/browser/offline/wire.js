// The fields of a state as Reflex sends them, and as Python calls them.
const MARK = "_rx_state_";

const renamed = (values, rename) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [rename(name), value]));

export const wired = (values) => renamed(values, (name) => name + MARK);
export const unwired = (delta) => renamed(delta, (name) => name.replace(MARK, ""));

export const picked = (values, names) =>
  Object.fromEntries(names.filter((name) => name in values).map((name) => [name, values[name]]));
