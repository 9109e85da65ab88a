// What an operation changes on the screen before the library has answered. A request that the
// library may refuse changes nothing: the pages only say that it waits (components/outbox.py).
//
// Each gets the values of a state, by the state's name, and returns those that differ.

const without = (lines, { record_id }) => lines.filter((one) => one.record.record_id !== record_id);

const putInCart = ({ CartState, SessionState }, { payload, shown }) => {
  const isIn = CartState.lines.some((one) => one.record.record_id === payload.record_id);
  if (isIn || !shown.record) return {};
  return {
    CartState: { lines: [...CartState.lines, { record: shown.record, refused: null }] },
    SessionState: { cart_count: SessionState.cart_count + 1 },
  };
};

const takeFromCart = ({ CartState, SessionState }, { payload }) => {
  const lines = without(CartState.lines, payload);
  if (lines.length === CartState.lines.length) return {};
  return { CartState: { lines }, SessionState: { cart_count: lines.length } };
};

const markRead = ({ MessagesState, SessionState }, { payload }) => {
  const { message_id: id, is_to_many: isToMany = false } = payload;
  const isIt = (one) => one.message_id === id && one.is_to_many === isToMany && !one.is_read;
  if (!MessagesState.messages.some(isIt)) return {};
  const messages = MessagesState.messages.map((one) => (isIt(one) ? { ...one, is_read: true } : one));
  const unread_count = Math.max(0, SessionState.unread_count - 1);
  return { MessagesState: { messages }, SessionState: { unread_count } };
};

const chooseDisplay = ({ SessionState }, { payload: { name, choice } }) => ({
  SessionState: { display: { ...SessionState.display, [name]: choice } },
});

export const PROJECTIONS = {
  "cart.add": putInCart,
  "cart.remove": takeFromCart,
  "display.choose": chooseDisplay,
  "messages.read": markRead,
};

// What shelves need is loaded when it is first needed: most visits do without.
let isWhole = false;
let loading;

const load = async () => {
  const more = await import("$/utils/shelves/projections").catch(reportError);
  Object.assign(PROJECTIONS, more?.PROJECTIONS);
  isWhole = true;
};

// Returns a promise where these operations cannot be drawn yet.
export const ready = (operations) => {
  if (isWhole || !operations.some(({ kind }) => kind.startsWith("shelves."))) return undefined;
  return (loading ??= load());
};
