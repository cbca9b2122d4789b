import type { TaskItem } from "../api/types";
import { Icon } from "../ui/Icon";
import { keepFocus } from "./keepFocus";
import { useDesk } from "./useSession";
import { t } from "../words/words";

/** In the place of an image that cannot be shown: why, and what to do. */
export function BrokenImage({ item, onRetry }: { item: TaskItem; onRetry: () => void }) {
  const { session } = useDesk();
  const press = (act: () => void) => (event: { stopPropagation: () => void }) => {
    event.stopPropagation();
    act();
  };
  return (
    <span className="tile-broken">
      <Icon name="warning" />
      <span>{t("This image does not load")}</span>
      <span className="small">{session.images.reasonOf(item)}</span>
      <span className="small muted ellipsis">{item.path}</span>
      <span className="row">
        <button type="button" tabIndex={-1} onMouseDown={keepFocus} onClick={press(onRetry)}>
          {t("Try again")}
        </button>
        <button type="button" tabIndex={-1} onMouseDown={keepFocus} onClick={press(() => session.skipBroken(item))}>
          {t("Skip it")}
        </button>
      </span>
    </span>
  );
}
