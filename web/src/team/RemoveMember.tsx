import { useState } from "react";
import { unwrap } from "../api/client";
import type { Member, Project } from "../api/types";
import { api } from "../auth/session";
import { useAction } from "../dashboard/useAction";
import { isAdministrator, usePerson } from "../shell/person";
import { Dialog } from "../ui/Dialog";
import { Failure } from "../ui/Failure";
import { ForgetPerson } from "./ForgetPerson";
import { nameOf } from "./places";
import { t } from "../words/words";

/** Says what becomes of somebody's work before they are removed. Administrators may go further. */
export function RemoveMember({ project, member, onClose }: { project: Project; member: Member; onClose: () => void }) {
  const remove = useAction(project.id, () => unwrap(api.DELETE("/api/projects/{project}/members/{user}", { params: { path: { project: project.id, user: member.user } } })));
  const [forgetting, setForgetting] = useState(false);
  const { me } = usePerson();
  if (forgetting) return <ForgetPerson person={{ user: member.user, name: nameOf(member) }} onClose={onClose} />;
  return (
    <Dialog title={t("Remove {member}?", { member: nameOf(member) })} onClose={onClose}>
      {member.group ? (
        <p>{t("Whoever is in the project by this group alone leaves it. Pages that they hold go back into the queue when their time is up. What they answered stays.")}</p>
      ) : (
        <p>{t("The pages that they hold go back into the queue at once, and what is reserved for them goes to everybody. What they answered stays, under their name.")}</p>
      )}
      <Failure of={remove.error} />
      <div className="row wrap">
        <button type="button" className="danger" disabled={remove.isPending} onClick={() => remove.mutate(undefined, { onSuccess: onClose })}>
          {t("Remove")}
        </button>
        <button type="button" className="quiet" onClick={onClose}>
          {t("Keep")}
        </button>
        {isAdministrator(me) && !member.group && (
          <button type="button" className="quiet" onClick={() => setForgetting(true)}>
            {t("Forget them everywhere …")}
          </button>
        )}
      </div>
    </Dialog>
  );
}
