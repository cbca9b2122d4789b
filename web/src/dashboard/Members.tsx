import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { unwrap } from "../api/client";
import { messageOf } from "../api/problem";
import type { Member, Role } from "../api/types";
import { usePerson } from "../shell/person";
import { api } from "../auth/session";
import { Icon } from "../ui/Icon";
import { useAction } from "./useAction";

const ROLES: readonly Role[] = ["labeler", "reviewer", "owner"];

interface Change {
  user: string;
  role: Role | null;
}

function useMembers(project: string) {
  return useQuery({
    queryKey: ["members", project],
    queryFn: async () => (await unwrap(api.GET("/api/projects/{project}/members", { params: { path: { project } } }))).items,
  });
}

function useChange(project: string) {
  return useAction(project, ({ user, role }: Change) => {
    const params = { path: { project, user } };
    return role === null
      ? unwrap(api.DELETE("/api/projects/{project}/members/{user}", { params }))
      : unwrap(api.PUT("/api/projects/{project}/members/{user}", { params, body: { role } }));
  });
}

function RoleSelect({ name, role, onRole }: { name: string; role: Role; onRole: (role: Role) => void }) {
  return (
    <select className="role" aria-label={name} value={role} onChange={(event) => onRole(ROLES.find((other) => other === event.target.value) ?? role)}>
      {ROLES.map((other) => (
        <option key={other}>{other}</option>
      ))}
    </select>
  );
}

function MemberRow({ member, manage, onChange }: { member: Member; manage: boolean; onChange: (change: Change) => void }) {
  const shown = member.name ?? member.user;
  return (
    <li className="member">
      <div className="grow ellipsis">
        {shown} {member.name !== null && <span className="faint small">{member.user}</span>}
      </div>
      {manage ? (
        <>
          <RoleSelect name={`Role of ${shown}`} role={member.role} onRole={(role) => onChange({ user: member.user, role })} />
          <button type="button" className="quiet square" aria-label={`Remove ${shown}`} onClick={() => onChange({ user: member.user, role: null })}>
            <Icon name="close" />
          </button>
        </>
      ) : (
        <span className="muted">{member.role}</span>
      )}
    </li>
  );
}

function AddMember({ onChange }: { onChange: (change: Change) => void }) {
  const [user, setUser] = useState("");
  const [role, setRole] = useState<Role>("labeler");
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (user.trim() === "") return;
        onChange({ user: user.trim(), role });
        setUser("");
      }}
    >
      <input type="text" aria-label="Id of the person to add" placeholder="Id of a person" value={user} onChange={(event) => setUser(event.target.value)} />
      <RoleSelect name="Role of the person to add" role={role} onRole={setRole} />
      <button type="submit">Add</button>
    </form>
  );
}

export function Members({ project, manage }: { project: string; manage: boolean }) {
  const { me } = usePerson();
  const { data, error } = useMembers(project);
  const change = useChange(project);
  return (
    <section className="card panel-card" aria-label="Members">
      <h2>Members</h2>
      {error !== null && <p className="danger-text small">{messageOf(error)}</p>}
      <ul className="plain-list">
        {(data ?? []).map((member) => (
          <MemberRow key={member.user} member={member} manage={manage} onChange={change.mutate} />
        ))}
      </ul>
      {manage && <AddMember onChange={change.mutate} />}
      {change.isError && (
        <p className="danger-text small" role="alert">
          {messageOf(change.error)}
        </p>
      )}
      {manage && (
        <p className="small muted">
          Everybody finds their id in the menu at the top right. Yours is <code>{me.id}</code>.
        </p>
      )}
    </section>
  );
}
