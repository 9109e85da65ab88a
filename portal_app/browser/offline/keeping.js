// 「この端末に保存する」: the patron's choice, asked where they sign in.
import * as device from "$/utils/offline/device";
import { show } from "$/utils/offline/view";

export const keepHere = async (keeps) => {
  device.choosesToKeep(keeps);
  show({ isKeeping: device.isKeeping() });
  if (!keeps) await device.wipe();
};

export const noteArrival = () => device.arrive();
