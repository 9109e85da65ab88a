// What pages ask of the outbox.
export const isWaiting = ({ operations }, kind, name, value) =>
  operations.some((one) => one.state === "waiting" && one.kind === kind && one.payload[name] === value);

export const waitingCount = ({ operations }) =>
  operations.filter(({ state }) => state === "waiting").length;

export const operationsThat = ({ operations }, state, kind = "") =>
  operations.filter((one) => one.state === state && one.kind.startsWith(kind)).reverse();

export const latestOf = ({ operations, latest }, kind) =>
  operations.find(({ id, kind: its }) => id === latest && its.startsWith(kind)) ?? null;

// The latest operation on each of these records, in their order, where it stands like this.
export const operationsOn = ({ operations }, kind, state, recordIds) =>
  (recordIds ?? []).flatMap((recordId) => {
    const latest = operations.findLast(
      (one) => one.kind === kind && one.payload.record_id === recordId,
    );
    return latest?.state === state ? [latest] : [];
  });
