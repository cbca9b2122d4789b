import { Suspense } from "react";
import { Dialog } from "../ui/Dialog";
import { TileText } from "./textParts";
import { useDesk, useLabeling } from "./useSession";

/** The current image at the size of the window. */
export function Enlarged() {
  const { session, kind } = useDesk();
  const page = useLabeling().pages[0];
  const item = page?.task.items[page.cursor];
  if (item === undefined) return null;
  return (
    <Dialog title={item.path} className="enlarged" onClose={() => session.run({ do: "close" })}>
      {kind.item === "text" ? (
        <Suspense>
          <TileText item={item} />
        </Suspense>
      ) : (
        <img src={item.url ?? undefined} alt={item.path} />
      )}
    </Dialog>
  );
}
