import { useState } from "react";
import { Icon } from "./Icon";
import { t } from "../words/words";

/** Copies a text, and says so. `name` is what is copied: "the secret". */
export function CopyButton({ text, name }: { text: string; name: string }) {
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <button type="button" aria-label={t("Copy {name}", { name })} onClick={() => void copy()}>
      <Icon name={copied ? "check" : "copy"} />
      <span role="status">{copied === null ? t("Copy") : copied ? t("Copied") : t("Select and copy it by hand")}</span>
    </button>
  );
}
