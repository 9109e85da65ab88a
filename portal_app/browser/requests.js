// What a patron does about what was refused or is done (手続きの状況).
import { act, deliver, forgetOperations, NO_ANSWER, replace, settledOnes } from "$/utils/offline/outbox";
import { now } from "$/utils/offline/view";

export const tryAgain = async (id) => {
  const refused = now().operations.find((one) => one.id === id);
  if (refused.answer.reason === NO_ANSWER) {
    // It may have been done after all, so the number stays.
    await replace([{ ...refused, state: "waiting", answer: null }]);
    return deliver();
  }
  await forgetOperations([refused]);
  // A new number: the library has answered the old one for good.
  return act(refused.kind, refused.payload, refused.shown);
};

export const dismiss = (id) => forgetOperations(now().operations.filter((one) => one.id === id));
export const dismissSettled = () => forgetOperations(settledOnes());
