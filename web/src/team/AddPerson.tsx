import { useState } from "react";
import { unwrap } from "../api/client";
import type { Project } from "../api/types";
import { api } from "../auth/session";
import { useAction } from "../dashboard/useAction";
import { usePerson } from "../shell/person";
import { CopyButton } from "../ui/CopyButton";
import { Failure } from "../ui/Failure";
import { Field } from "../ui/Field";
import { bodyOf, GROUP, limitOf, NEW_PLACE, type Place } from "./places";
import { PlaceFields } from "./PlaceFields";
import { Rich } from "../words/Rich";
import { t } from "../words/words";

type How = "email" | "id" | "group";

const HOWS: Readonly<Record<How, readonly [title: string, field: string, placeholder: string]>> = {
  email: [t("By e-mail"), t("E-mail address"), "ben@example.org"],
  id: [t("By id"), t("Id of the person"), t("their id, from the menu at the top right")],
  group: [t("A group"), t("Object id of the group"), t("as in Microsoft Entra")],
};

function useAdd(project: Project, forVendor: boolean) {
  return useAction(project.id, async ({ how, who, place }: { how: How; who: string; place: Place }) => {
    const body = { ...bodyOf(place), ...(forVendor ? { vendor: true } : {}) };
    if (how === "email") await unwrap(api.POST("/api/projects/{project}/invitations", { params: { path: { project: project.id } }, body: { ...body, email: who } }));
    else {
      const user = how === "group" ? `${GROUP}${who}` : who;
      await unwrap(api.PUT("/api/projects/{project}/members/{user}", { params: { path: { project: project.id, user } }, body }));
    }
    return how === "email" ? who : null;
  });
}

/** An invitation sends nothing by itself: it says what to tell the person. */
function Invited({ project, email }: { project: Project; email: string }) {
  const address = `${location.origin}/projects/${project.id}`;
  return (
    <p className="row wrap small" role="status">
      <span>
        <Rich text="{email} is invited. Tagwerk sends no mail: give them this address, and they are in once they have signed in. {address}" email={email} address={<code>{address}</code>} />
      </span>
      <CopyButton text={address} name={t("the address")} />
    </p>
  );
}

export function AddPerson({ project, forVendor }: { project: Project; forVendor: boolean }) {
  const { me } = usePerson();
  const [how, setHow] = useState<How>("email");
  const [who, setWho] = useState("");
  const [place, setPlace] = useState(NEW_PLACE);
  const add = useAdd(project, forVendor);
  const [, field, placeholder] = HOWS[how];
  return (
    <form
      className="card panel-card"
      aria-label={t("Add somebody")}
      onSubmit={(event) => {
        event.preventDefault();
        if (who.trim() !== "" && limitOf(place.limit) !== undefined) add.mutate({ how, who: who.trim(), place }, { onSuccess: () => setWho("") });
      }}
    >
      <div className="row wrap apart">
        <h2>{t("Add somebody")}</h2>
        <div className="row wrap" role="radiogroup" aria-label={t("How")}>
          {(Object.keys(HOWS) as How[]).map((id) => (
            <label key={id} className="row">
              <input type="radio" name="how" checked={how === id} onChange={() => setHow(id)} />
              {HOWS[id][0]}
            </label>
          ))}
        </div>
      </div>
      <div className="place-form">
        <Field label={field}>
          {(control) => <input {...control} type={how === "email" ? "email" : "text"} autoComplete="off" spellCheck={false} placeholder={placeholder} value={who} onChange={(event) => setWho(event.target.value)} />}
        </Field>
        <PlaceFields project={project} forVendor={forVendor} place={place} onChange={setPlace} />
        <button type="submit" className="primary" disabled={add.isPending || who.trim() === ""}>
          {how === "email" ? t("Invite") : t("Add")}
        </button>
      </div>
      {add.isSuccess && add.data !== null && <Invited project={project} email={add.data} />}
      <Failure of={add.error} />
      {how === "id" && (
        <p className="small muted">
          <Rich text="Everybody finds their id in the menu at the top right. Yours is {id}." id={<code>{me.id}</code>} />
        </p>
      )}
    </form>
  );
}
