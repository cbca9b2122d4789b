import { useState } from "react";
import { Icon } from "./Icon";

/** Copies a text, and says so. `name` is what is copied: "the secret". */
export function CopyButton({ text, name }: { text: string; name: string }) {
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <button type="button" aria-label={`Copy ${name}`} onClick={() => void copy()}>
      <Icon name={copied ? "check" : "copy"} />
      <span role="status">{copied === null ? "Copy" : copied ? "Copied" : "Select and copy it by hand"}</span>
    </button>
  );
}
