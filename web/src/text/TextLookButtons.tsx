import { capital } from "../ui/wording";
import { useStore } from "../ui/store";
import { nextFont, resizeText, textLook } from "./look";
import { t } from "../words/words";

/** Smaller, larger, another font. A press leaves the focus where it is. */
export function TextLookButtons() {
  const { size, font } = useStore(textLook);
  const keep = (event: { preventDefault: () => void }) => event.preventDefault();
  return (
    <div className="segments" role="group" aria-label={t("Text")}>
      <button type="button" className="segment" aria-label={t("Smaller text")} title={t("Smaller text")} onMouseDown={keep} onClick={() => resizeText(-1)}>
        A−
      </button>
      <button type="button" className="segment" aria-label={t("Larger text, now {size} pixels", { size })} title={t("Larger text")} onMouseDown={keep} onClick={() => resizeText(1)}>
        A+
      </button>
      <button type="button" className="segment font" aria-label={t("Font: {font}. Change it", { font })} title={t("Another font")} onMouseDown={keep} onClick={nextFont}>
        {capital(font)}
      </button>
    </div>
  );
}
