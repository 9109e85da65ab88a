// Which loans are ticked, and renewing one, some or all of them (K-16, G-25).
import { localOf, setLocal } from "$/utils/local";
import { isWaiting } from "$/utils/offline/lookup";
import { now } from "$/utils/offline/view";
import { actTogether } from "$/utils/together";

const TICKED = "page.ticked_loans";
const ASKED = "page.asked_loans";
const RENEWED = "page.renewed_loans";
const RENEW = "loans.renew";

const idOf = ({ loan_id }) => loan_id;
const ticked = (local) => local[TICKED] ?? [];

export const isLoanTicked = (local, loan) => ticked(local).includes(idOf(loan));

// What has come back meanwhile is not ticked any more.
export const tickedLoans = (local, loans) => (loans ?? []).filter((loan) => isLoanTicked(local, loan));

export const tickLoan = (loan) => {
  const before = ticked({ [TICKED]: localOf(TICKED) });
  const others = before.filter((one) => one !== idOf(loan));
  setLocal(TICKED, others.length < before.length ? others : [...others, idOf(loan)]);
};

export const tickLoans = (loans) => setLocal(TICKED, loans.map(idOf));

// What can be asked for: as far as this device knows it is granted, and is not asked for already.
const canBeRenewed = (offline, loan) =>
  !loan.refused && !isWaiting(offline, RENEW, "loan_id", idOf(loan));

export const renewableLoans = (offline, loans) =>
  (loans ?? []).filter((loan) => canBeRenewed(offline, loan));

export const otherLoans = (offline, loans) =>
  (loans ?? []).filter((loan) => !canBeRenewed(offline, loan));

export const askToRenew = (loans) => setLocal(ASKED, loans);

export const renewLoans = async (loans) => {
  const deeds = renewableLoans(now(), loans).map((loan) => [RENEW, { loan_id: idOf(loan) }, loan]);
  setLocal(ASKED, []);
  await actTogether(RENEWED, deeds);
  setLocal(TICKED, []);
};
