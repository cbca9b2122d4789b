import { Suspense, type ReactNode } from "react";
import type { TaskItem } from "../api/types";
import { Dialog } from "../ui/Dialog";
import { soon } from "../ui/soon";
import { TileText } from "./textParts";
import { useDesk, useLabeling } from "./useSession";

const DicomView = soon(() => import("../dicom/DicomView"));

function Large({ item }: { item: TaskItem }): ReactNode {
  const { session, kind } = useDesk();
  if (kind.item === "text") return <TileText item={item} />;
  const picture = <img src={session.images.at(item)?.url ?? item.url ?? undefined} alt={item.path} />;
  if (!/\.(dcm|dicom)$/i.test(item.path)) return picture;
  return <DicomView fetchFrame={(frame) => session.images.frame(item, frame)} fallback={picture} />;
}

/** The current item at the size of the window. */
export default function Enlarged() {
  const { session } = useDesk();
  const page = useLabeling().pages[0];
  const item = page?.task.items[page.cursor];
  if (item === undefined) return null;
  return (
    <Dialog title={item.path} className="enlarged" onClose={() => session.run({ do: "close" })}>
      <Suspense>
        <Large item={item} />
      </Suspense>
    </Dialog>
  );
}
