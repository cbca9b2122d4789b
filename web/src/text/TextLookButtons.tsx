import { capital } from "../ui/wording";
import { useStore } from "../ui/store";
import { nextFont, resizeText, textLook } from "./look";

/** Smaller, larger, another font. A press leaves the focus where it is. */
export function TextLookButtons() {
  const { size, font } = useStore(textLook);
  const keep = (event: { preventDefault: () => void }) => event.preventDefault();
  return (
    <div className="segments" role="group" aria-label="Text">
      <button type="button" className="segment" aria-label="Smaller text" title="Smaller text" onMouseDown={keep} onClick={() => resizeText(-1)}>
        A−
      </button>
      <button type="button" className="segment" aria-label={`Larger text, now ${size} pixels`} title="Larger text" onMouseDown={keep} onClick={() => resizeText(1)}>
        A+
      </button>
      <button type="button" className="segment font" aria-label={`Font: ${font}. Change it`} title="Another font" onMouseDown={keep} onClick={nextFont}>
        {capital(font)}
      </button>
    </div>
  );
}
