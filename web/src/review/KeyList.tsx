import { Dialog } from "../ui/Dialog";
import { KeyRows } from "../ui/KeyRows";
import { KEY_LIST } from "./keys";
import { t } from "../words/words";

export function KeyList({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t("Keys")} onClose={onClose}>
      <KeyRows className="review-keys" rows={KEY_LIST} />
    </Dialog>
  );
}
