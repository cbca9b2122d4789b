import { keyText } from "../keymap/text";
import { t } from "../words/words";
import { typedKey } from "./ownersKeys";
import "./key-field.css";

interface KeyFieldProps {
  /** What the label is called. */
  path: string;
  value: string | null;
  /** The digit that the label has without a key. */
  digit: string | undefined;
  /** The id of what says that the key will not do. */
  problem: string | undefined;
  onChange: (key: string | null) => void;
}

/** A field for one key, which everybody presses for a label. */
export function KeyField({ path, value, digit, problem, onChange }: KeyFieldProps) {
  return (
    <input
      type="text"
      className="key-field"
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      value={value ?? ""}
      placeholder={digit === undefined ? "" : keyText(digit)}
      aria-label={t("Key of {path}", { path })}
      title={t("The key for everybody: a letter or a digit")}
      aria-invalid={problem !== undefined}
      aria-describedby={problem}
      onFocus={(event) => event.target.select()}
      onChange={(event) => onChange(typedKey(event.target.value, value))}
    />
  );
}
