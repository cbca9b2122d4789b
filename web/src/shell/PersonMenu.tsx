import { useId } from "react";
import { Icon } from "../ui/Icon";
import { isAdministrator, usePerson } from "./person";
import { signOut } from "../auth/session";
import { t } from "../words/words";

export function PersonMenu() {
  const { me } = usePerson();
  const menu = useId();
  return (
    <>
      <button type="button" className="quiet square person-button" popoverTarget={menu} aria-label={t("Signed in as {name}", { name: me.name })} title={me.name}>
        <Icon name="person" />
      </button>
      <div id={menu} popover="auto" className="menu">
        <div className="menu-head">
          <strong>{me.name}</strong>
          <span className="muted small">{me.email}</span>
          <code>{me.id}</code>
          {isAdministrator(me) && <span className="chip">{t("Administrator")}</span>}
        </div>
        <button type="button" className="quiet menu-item" onClick={() => void signOut()}>
          {t("Sign out")}
        </button>
      </div>
    </>
  );
}
