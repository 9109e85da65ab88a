// What pages ask of the outbox.
const mine = ({ operations, owner }) => operations.filter((one) => one.owner === owner);

export const isWaiting = (view, kind, name, value) =>
  operationsThat(view, "waiting", kind).some((one) => one.payload[name] === value);

export const waitingCount = (view) => operationsThat(view, "waiting").length;

export const operationsThat = (view, state, kind = "") =>
  mine(view)
    .filter((one) => one.state === state && one.kind.startsWith(kind))
    .reverse();

export const latestOf = (view, kind) =>
  mine(view).find(({ id, kind: its }) => id === view.latest && its.startsWith(kind)) ?? null;

// The latest operation on exactly these records together.
export const operationOnAll = (view, kind, recordIds) => {
  const wanted = JSON.stringify(recordIds);
  const isIt = (one) => one.kind === kind && JSON.stringify(one.payload.record_ids) === wanted;
  return mine(view).findLast(isIt) ?? null;
};

// The latest operation on each of these records, in their order, where it stands like this.
export const operationsOn = (view, kind, state, recordIds) =>
  (recordIds ?? []).flatMap((recordId) => {
    const latest = mine(view).findLast(
      (one) => one.kind === kind && one.payload.record_id === recordId,
    );
    return latest?.state === state ? [latest] : [];
  });
