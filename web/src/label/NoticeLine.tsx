import { useEffect, useState } from "react";
import { useLabeling } from "./useSession";

const SHOWN_MS = 6000;

/** One quiet line over the images. Warnings stay until the labeler goes on. */
export function NoticeLine() {
  const { notice } = useLabeling();
  const [read, setRead] = useState(0);
  const at = notice?.at ?? 0;
  const tone = notice?.tone;
  useEffect(() => {
    if (tone !== "info") return;
    const timer = setTimeout(() => setRead(at), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [at, tone]);
  const shown = notice !== null && notice.at !== read;
  return (
    <div className={`notice ${shown ? notice.tone : "hidden"}`} role="status">
      {shown ? notice.text : ""}
    </div>
  );
}
