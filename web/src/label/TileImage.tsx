import { useState, type SyntheticEvent } from "react";
import type { TaskItem } from "../api/types";
import { Icon } from "../ui/Icon";
import { useSlow } from "../ui/hooks";
import { shownUrl } from "./images";
import { keepFocus } from "./keepFocus";
import { useDesk } from "./useSession";

/** Smaller than this on both sides, pixels are shown as pixels. */
const TINY_PX = 48;

function BrokenImage({ item, onRetry }: { item: TaskItem; onRetry: () => void }) {
  return (
    <span className="tile-broken">
      <Icon name="warning" />
      <span>This image does not load</span>
      <span className="small muted ellipsis">{item.path}</span>
      <span className="row">
        <button
          type="button"
          tabIndex={-1}
          onMouseDown={keepFocus}
          onClick={(event) => {
            event.stopPropagation();
            onRetry();
          }}
        >
          Try again
        </button>
        <span className="small muted">
          or skip it <kbd>S</kbd>
        </span>
      </span>
    </span>
  );
}

export function TileImage({ item, columns }: { item: TaskItem; columns: number }) {
  const { session } = useDesk();
  const [state, setState] = useState<"loading" | "shown" | "tiny" | "broken">("loading");
  const [attempt, setAttempt] = useState(0);
  const slow = useSlow(state === "loading");
  const url = shownUrl(item, columns);
  const retry = () => {
    setState("loading");
    setAttempt(attempt + 1);
  };
  const onLoad = ({ currentTarget: { naturalWidth, naturalHeight } }: SyntheticEvent<HTMLImageElement>) => {
    session.noteSize(item, url, [naturalWidth, naturalHeight]);
    setState(naturalWidth <= TINY_PX && naturalHeight <= TINY_PX ? "tiny" : "shown");
  };
  if (state === "broken") return <BrokenImage item={item} onRetry={retry} />;
  return (
    <>
      {slow && state === "loading" && <span className="skeleton tile-waiting" />}
      <img
        key={attempt}
        className={state === "tiny" ? "tile-image tiny" : "tile-image"}
        src={url}
        alt=""
        decoding="sync"
        draggable={false}
        onLoad={onLoad}
        onError={() => setState("broken")}
      />
    </>
  );
}
