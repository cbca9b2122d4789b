import { useEffect, useState } from "react";
import type { TaskItem } from "../api/types";
import { nextItem } from "./nextItem";
import { useDesk, useLabeling } from "./useSession";

/** Milliseconds that the image on screen has to itself. */
const REST = 200;

interface Ready {
  readonly item: TaskItem;
  readonly url: string;
}

/** A pixel of the next image, behind this one: the browser then has it in the size that it will be shown in, too. */
export function NextImage() {
  const { session } = useDesk();
  const item = nextItem(useLabeling());
  const [ready, setReady] = useState<Ready | null>(null);
  useEffect(() => {
    if (item === null) return;
    const show = () => session.images.whole(item).then((image) => setReady(image === null ? null : { item, url: image.url }));
    const waiting = setTimeout(() => void show(), REST);
    return () => clearTimeout(waiting);
  }, [session, item]);
  const url = ready?.item === item ? ready.url : undefined;
  return url === undefined ? null : <img className="next-image" src={url} alt="" decoding="async" />;
}
