// Asks for the books of the shelf in the address whenever the page has been loaded or the library
// is reached again. What this device has as it is now is not sent once more.
import { useEffect } from "react";
import { eventLoop } from "$/utils/context-registry";
import { revisions } from "$/utils/offline/copy";
import { useOffline } from "$/utils/offline/view";
import { useShelfAt } from "$/utils/shelves/view";
import { ReflexEvent } from "$/utils/state";

export function LookingInto({ event, isLoaded }) {
  const { connection, owner } = useOffline();
  const shelfAt = useShelfAt();
  const canAsk = isLoaded && connection === "online" && Boolean(owner && shelfAt);
  useEffect(() => {
    if (!canAsk) return;
    const asked = { shelf_id: shelfAt, known: revisions() };
    eventLoop.addEvents([ReflexEvent(event, asked)], [], { temporal: true });
  }, [canAsk, shelfAt, event]);
  return null;
}
