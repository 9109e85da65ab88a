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

export const PROJECTIONS = {
  "cart.add": putInCart,
  "cart.remove": takeFromCart,
};
