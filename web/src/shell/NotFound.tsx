import { DeadEnd } from "./DeadEnd";
import { t } from "../words/words";

export function NotFound() {
  return (
    <DeadEnd title={t("Not found")} heading={t("There is nothing here")}>
      <p className="muted">{t("The address may be mistyped, or you may not be a member of the project.")}</p>
    </DeadEnd>
  );
}
