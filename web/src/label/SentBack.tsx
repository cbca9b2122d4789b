import type { TaskItem } from "../api/types";
import { Icon } from "../ui/Icon";
import { t } from "../words/words";

/** What a reviewer said when they sent the item back. */
export function SentBack({ item }: { item: TaskItem | undefined }) {
  if (item?.comment == null) return null;
  return (
    <p className="sent-back" title={item.comment}>
      <Icon name="undo" />
      <span>
        <strong>{t("Sent back:")}</strong> {item.comment}
      </span>
    </p>
  );
}
