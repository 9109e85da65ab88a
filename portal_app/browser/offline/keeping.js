// 「この端末に保存する」: the patron's choice, asked where they sign in.
import { decline, isWithoutServer } from "$/utils/offline/connection";
import * as device from "$/utils/offline/device";
import { showAtOnce } from "$/utils/offline/view";

export const keepHere = async (keeps) => {
  device.choosesToKeep(keeps);
  showAtOnce({ isKeeping: device.isKeeping() });
  if (keeps) return;
  device.endPush().catch(reportError);
  await device.wipe().catch(() => undefined); // where nothing could be kept either
};

// The browser would leave the portal for its own page of complaints.
export const noteArrival = (event) => {
  if (!isWithoutServer()) return device.arrive();
  event.preventDefault();
  return decline();
};
