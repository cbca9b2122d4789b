import { useId } from "react";
import { Icon } from "../ui/Icon";
import { isAdministrator, usePerson } from "./person";
import { signOut } from "../auth/session";
import { language, LANGUAGES, speak } from "../words/language";
import { t } from "../words/words";

function Languages() {
  return (
    <label className="menu-item">
      {t("Language")}
      <select value={language} onChange={(event) => speak(event.target.value)}>
        {Object.entries(LANGUAGES).map(([id, name]) => (
          <option key={id} value={id} lang={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

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
        <Languages />
        <button type="button" className="quiet menu-item" onClick={() => void signOut()}>
          {t("Sign out")}
        </button>
      </div>
    </>
  );
}
