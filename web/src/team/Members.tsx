import { useState } from "react";
import type { Member, Project } from "../api/types";
import { ROLE_TITLES } from "../projects/roles";
import { isAdministrator, usePerson } from "../shell/person";
import { Failure } from "../ui/Failure";
import { Icon } from "../ui/Icon";
import { ForgetPerson } from "./ForgetPerson";
import { bodyOf, limitOf, nameOf, rolesToGive, type Place } from "./places";
import { useMembers } from "./queries";
import { RemoveMember } from "./RemoveMember";
import { useSetMember } from "./useSetMember";
import { n, t } from "../words/words";

interface RowProps {
  project: Project;
  member: Member;
  forVendor: boolean;
  onRemove: (member: Member) => void;
}

function Who({ project: { vendor }, member }: Pick<RowProps, "project" | "member">) {
  const known = member.name !== null;
  return (
    <div className="grow member-who">
      <span>
        <strong>{nameOf(member)}</strong> {member.group && <span className="chip">{t("group")}</span>} {member.vendor && <span className="chip">{vendor?.name ?? t("vendor")}</span>}
      </span>
      <span className="muted small">{member.email ?? (known || member.group ? member.user : t("has not signed in yet"))}</span>
    </div>
  );
}

const shownLimit = (limit: number | null) => (limit === null ? "" : String(limit));

function EditableRow({ project, member, forVendor, onRemove }: RowProps) {
  const shown = nameOf(member);
  const set = useSetMember(project.id);
  const [limit, setLimit] = useState<string | null>(null);
  const roles = rolesToGive(forVendor, project.vendor !== null);
  // What was just chosen counts, though the server has not said so yet.
  const now = set.isPending ? { ...member, ...set.variables.body } : member;
  const place: Place = { role: now.role, limit: limit ?? shownLimit(now.limit ?? null), vendor: now.vendor ?? member.vendor };
  const save = (next: Place) => set.mutate({ user: member.user, body: bodyOf(next) }, { onSettled: () => setLimit(null) });
  const saveLimit = () => {
    const changed = limit !== null && limitOf(limit) !== undefined && limitOf(limit) !== member.limit;
    if (changed) save(place);
    else setLimit(null);
  };
  return (
    <li className="member">
      <Who project={project} member={member} />
      <select className="role" aria-label={t("Role of {shown}", { shown })} value={place.role} onChange={(event) => save({ ...place, role: roles.find((role) => role === event.target.value) ?? place.role })}>
        {roles.map((role) => (
          <option key={role} value={role}>
            {ROLE_TITLES[role]}
          </option>
        ))}
      </select>
      <input
        type="text"
        inputMode="numeric"
        className="limit"
        autoComplete="off"
        aria-label={t("Items at most for {shown}", { shown })}
        aria-invalid={limit !== null && limitOf(limit) === undefined}
        placeholder={t("any number")}
        value={place.limit}
        onChange={(event) => setLimit(event.target.value)}
        onBlur={saveLimit}
        onKeyDown={(event) => {
          if (event.key === "Enter") saveLimit();
        }}
      />
      <button type="button" className="quiet square" aria-label={t("Remove {shown}", { shown })} onClick={() => onRemove(member)}>
        <Icon name="close" />
      </button>
      <Failure of={set.error} />
    </li>
  );
}

function ReadRow({ project, member }: Pick<RowProps, "project" | "member">) {
  return (
    <li className="member">
      <Who project={project} member={member} />
      <span className="muted">
        {ROLE_TITLES[member.role]}
        {member.limit !== null && t(", {limit} at most", { limit: n(member.limit, "{n} item", "{n} items") })}
      </span>
    </li>
  );
}

export function Members({ project, edit, forVendor }: { project: Project; edit: boolean; forVendor: boolean }) {
  const { data, error } = useMembers(project.id);
  const [removing, setRemoving] = useState<Member | null>(null);
  const [forgetting, setForgetting] = useState(false);
  const { me } = usePerson();
  return (
    <section className="card panel-card" aria-label={t("Members")}>
      <div className="row apart">
        <h2>{forVendor ? t("Members of {name}", { name: project.vendor?.name ?? t("the vendor") }) : t("Members")}</h2>
        {edit && (
          <span className="small muted member-heads" aria-hidden="true">
            <span>{t("Role")}</span>
            <span>{t("Items at most")}</span>
          </span>
        )}
      </div>
      <Failure of={error} />
      <ul className="plain-list member-list">
        {(data ?? []).map((member) =>
          edit && (!forVendor || member.role === "labeler") ? (
            <EditableRow key={member.user} project={project} member={member} forVendor={forVendor} onRemove={setRemoving} />
          ) : (
            <ReadRow key={member.user} project={project} member={member} />
          ),
        )}
      </ul>
      {isAdministrator(me) && (
        <div className="row">
          <button type="button" className="quiet" onClick={() => setForgetting(true)}>
            {t("Forget somebody who has left …")}
          </button>
        </div>
      )}
      {forgetting && <ForgetPerson person={null} onClose={() => setForgetting(false)} />}
      {removing !== null && <RemoveMember project={project} member={removing} onClose={() => setRemoving(null)} />}
    </section>
  );
}
