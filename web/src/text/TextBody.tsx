import { useStore } from "../ui/store";
import { textLook } from "./look";
import "./text.css";

interface TextBodyProps {
  text: string | null;
  columns?: Readonly<Record<string, string>> | null | undefined;
  /** CSS pixels; as the reader has chosen where it is left out. */
  size?: number;
}

/** A text to read: as it is, or a table's row cell by cell with the names of its columns. */
export function TextBody({ text, columns, size }: TextBodyProps) {
  const { size: chosen, font } = useStore(textLook);
  const cells = Object.entries(columns ?? {});
  return (
    <div className={`text-body font-${font}`} style={{ fontSize: size ?? chosen }}>
      {cells.length === 0 ? (
        <p dir="auto">{text}</p>
      ) : (
        <dl>
          {cells.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{value === "" ? <span className="faint">–</span> : value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
