import { useState, type SyntheticEvent } from "react";
import type { TaskItem } from "../api/types";
import { useSlow } from "../ui/hooks";
import { BrokenImage } from "./BrokenImage";
import { useDesk } from "./useSession";

/** Smaller than this on both sides, pixels are shown as pixels. */
const TINY_PX = 48;

type State = "loading" | "shown" | "tiny" | "broken";

/** The address to show, which changes when the browser cannot show the file and the server renders it. */
function usePicture(item: TaskItem, columns: number) {
  const { session } = useDesk();
  const [state, setState] = useState<State>("loading");
  const [rendered, setRendered] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const url = rendered ?? session.images.urlOf(item, columns);
  const onLoad = ({ currentTarget: { naturalWidth, naturalHeight } }: SyntheticEvent<HTMLImageElement>) => {
    session.noteSize(item, url, [naturalWidth, naturalHeight]);
    setState(naturalWidth <= TINY_PX && naturalHeight <= TINY_PX ? "tiny" : "shown");
  };
  const onError = () => {
    void session.images.whole(item).then((image) => {
      if (image === null || image.url === url) setState("broken");
      else setRendered(image.url);
    });
  };
  const retry = () => {
    session.images.retry(item);
    setState("loading");
    setRendered(null);
    setAttempt(attempt + 1);
  };
  return { state, url, attempt, onLoad, onError, retry };
}

export function TileImage({ item, columns }: { item: TaskItem; columns: number }) {
  const { session } = useDesk();
  const { state, url, attempt, onLoad, onError, retry } = usePicture(item, columns);
  const slow = useSlow(state === "loading");
  if (state === "broken") return <BrokenImage item={item} onRetry={retry} />;
  const note = session.images.noteOf(item);
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
        onError={onError}
      />
      {note !== null && <span className="chip tile-note">{note}</span>}
    </>
  );
}
