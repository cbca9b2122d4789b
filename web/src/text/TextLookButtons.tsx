import { KeyTool } from "../keymap/Key";
import { useStore } from "../ui/store";
import { nextFont, resizeText, textLook } from "./look";
import { capital, t } from "../words/words";

/** Smaller, larger, another font. A press leaves the focus where it is. */
export function TextLookButtons() {
  const { size, font } = useStore(textLook);
  return (
    <div className="segments" role="group" aria-label={t("Text")}>
      <KeyTool id="text.smaller" title={t("Smaller text")} className="segment" onClick={() => resizeText(-1)}>
        A−
      </KeyTool>
      <KeyTool id="text.larger" title={t("Larger text")} className="segment" name={t("Larger text, now {size} pixels", { size })} onClick={() => resizeText(1)}>
        A+
      </KeyTool>
      <KeyTool id="text.font" title={t("Another font")} className="segment font" name={t("Font: {font}. Change it", { font })} onClick={nextFont}>
        {capital(font)}
      </KeyTool>
    </div>
  );
}
