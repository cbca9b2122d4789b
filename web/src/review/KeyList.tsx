import { Dialog } from "../ui/Dialog";
import { KeyRows } from "../ui/KeyRows";
import { KEY_LIST } from "./keys";

export function KeyList({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <KeyRows className="review-keys" rows={KEY_LIST} />
    </Dialog>
  );
}
