import { useEffect, useState } from "react";
import { t } from "../words/words";
import { clockText } from "./clock";
import { useDesk } from "./useSession";

const KEY = "tagwerk.timer";

/** The time on this page, as long as somebody looks at it; a click hides it, another shows it again. */
export function Timer() {
  const { session } = useDesk();
  const [shown, setShown] = useState(() => localStorage.getItem(KEY) !== "hidden");
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (!shown) return;
    const tick = () => setSeconds(Math.floor(session.secondsHere));
    const timer = setInterval(tick, 1000);
    tick();
    return () => clearInterval(timer);
  }, [session, shown]);
  const toggle = () => {
    localStorage.setItem(KEY, shown ? "hidden" : "shown");
    setShown(!shown);
  };
  return (
    <button type="button" className="quiet number timer" aria-pressed={shown} title={shown ? t("Time on this page: click to hide it") : t("Show the time on this page")} onClick={toggle}>
      <span className="visually-hidden">{t("Time on this page")}</span>
      {shown ? clockText(seconds) : <span aria-hidden="true">{t("Time")}</span>}
    </button>
  );
}
