import { unwrap } from "../api/client";
import type { Project } from "../api/types";
import { api } from "../auth/session";
import { useAction } from "../dashboard/useAction";
import { ROLE_TITLES } from "../projects/roles";
import { Failure } from "../ui/Failure";
import { useInvitations } from "./queries";
import { n, t } from "../words/words";

/** Who is invited and has not come yet. */
export function Invitations({ project, edit, forVendor }: { project: Project; edit: boolean; forVendor: boolean }) {
  const { data, error } = useInvitations(project.id);
  const withdraw = useAction(project.id, (email: string) => unwrap(api.DELETE("/api/projects/{project}/invitations/{email}", { params: { path: { project: project.id, email } } })));
  if (data?.length === 0) return null;
  return (
    <section className="card panel-card" aria-label={t("Invitations")}>
      <h2>{t("Invited, not here yet")}</h2>
      <Failure of={error} />
      <ul className="plain-list member-list">
        {(data ?? []).map(({ email, role, limit, vendor }) => (
          <li key={email} className="member">
            <span className="grow">
              {email} {vendor && <span className="chip">{project.vendor?.name ?? "vendor"}</span>}
            </span>
            <span className="muted">
              {ROLE_TITLES[role]}
              {limit !== null && t(", {limit} at most", { limit: n(limit, "{n} item", "{n} items") })}
            </span>
            {edit && (!forVendor || role === "labeler") && (
              <button type="button" className="quiet" aria-label={t("Withdraw the invitation of {email}", { email })} disabled={withdraw.isPending} onClick={() => withdraw.mutate(email)}>
                {t("Withdraw")}
              </button>
            )}
          </li>
        ))}
      </ul>
      <Failure of={withdraw.error} />
    </section>
  );
}
