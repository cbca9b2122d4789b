import { useState } from "react";
import { unwrap } from "../api/client";
import { messageOf } from "../api/problem";
import type { Project } from "../api/types";
import { api } from "../auth/session";
import { useAction } from "../dashboard/useAction";
import { usePerson } from "../shell/person";
import { CopyButton } from "../ui/CopyButton";
import { Field } from "../ui/Field";
import { bodyOf, GROUP, limitOf, NEW_PLACE, type Place } from "./places";
import { PlaceFields } from "./PlaceFields";

type How = "email" | "id" | "group";

const HOWS: Readonly<Record<How, readonly [title: string, field: string, placeholder: string]>> = {
  email: ["By e-mail", "E-mail address", "ben@example.org"],
  id: ["By id", "Id of the person", "their id, from the menu at the top right"],
  group: ["A group", "Object id of the group", "as in Microsoft Entra"],
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
        {email} is invited. Tagwerk sends no mail: give them this address, and they are in once they have signed in. <code>{address}</code>
      </span>
      <CopyButton text={address} name="the address" />
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
      aria-label="Add somebody"
      onSubmit={(event) => {
        event.preventDefault();
        if (who.trim() !== "" && limitOf(place.limit) !== undefined) add.mutate({ how, who: who.trim(), place }, { onSuccess: () => setWho("") });
      }}
    >
      <div className="row wrap apart">
        <h2>Add somebody</h2>
        <div className="row wrap" role="radiogroup" aria-label="How">
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
          {how === "email" ? "Invite" : "Add"}
        </button>
      </div>
      {add.isSuccess && add.data !== null && <Invited project={project} email={add.data} />}
      {add.isError && (
        <p className="danger-text small" role="alert">
          {messageOf(add.error)}
        </p>
      )}
      {how === "id" && (
        <p className="small muted">
          Everybody finds their id in the menu at the top right. Yours is <code>{me.id}</code>.
        </p>
      )}
    </form>
  );
}
