import { useStore } from "../ui/store";
import { textLook } from "./look";
import "./text.css";

interface TextBodyProps {
  text: string | null;
  columns?: Readonly<Record<string, string>> | null | undefined;
}

/** A text to read: as it is, or a table's row cell by cell with the names of its columns. */
export function TextBody({ text, columns }: TextBodyProps) {
  const { size, font } = useStore(textLook);
  const cells = Object.entries(columns ?? {});
  return (
    <div className={`text-body font-${font}`} style={{ fontSize: size }}>
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
