import { useState } from "react";
import { unwrap } from "../api/client";
import type { NewReservation, Project, Reservation } from "../api/types";
import { api } from "../auth/session";
import { useAction } from "../dashboard/useAction";
import { kindOf } from "../kinds/kinds";
import { flatten } from "../labels/tree";
import { onlyIf } from "../projects/queries";
import { Failure } from "../ui/Failure";
import { Icon } from "../ui/Icon";
import { labels as mayLabel, nameOf } from "./places";
import { useMembers, useReservations } from "./queries";
import { ReservationForm } from "./ReservationForm";
import { capital, t } from "../words/words";

/** Puts all parts, if they are still those that are shown. */
function useReserve(project: Project, shown: readonly Reservation[]) {
  const ids = (parts: readonly Reservation[]) => parts.map(({ id }) => id).join();
  return useAction(project.id, async (reservations: NewReservation[]) => {
    const header = await onlyIf(project.id, () => true);
    const { items } = await unwrap(api.GET("/api/projects/{project}/reservations", { params: { path: { project: project.id } } }));
    if (ids(items) !== ids(shown)) throw new Error("Somebody else has changed the parts meanwhile. Look once more, and try again.");
    const params = { path: { project: project.id }, header };
    return unwrap(api.PUT("/api/projects/{project}/reservations", { params, body: { reservations } }));
  });
}

const asNew = ({ labelers, path = null, labels = [] }: Reservation): NewReservation => ({ labelers, path, labels });

interface PartRowProps {
  part: Reservation;
  names: ReadonlyMap<string, string>;
  item: string;
  onEdit: () => void;
  onRemove: () => void;
}

function PartRow({ part, names, item, onEdit, onRemove }: PartRowProps) {
  const { path = null, labels = [] } = part;
  const who = part.labelers.map((user) => names.get(user) ?? user).join(", ");
  const what = capital([...(path === null ? [] : [t("{item}s at {path}", { item, path })]), ...(labels.length === 0 ? [] : [t("{item}s prelabeled {labels}", { item, labels: labels.join(", ") })])].join(t(", and ")));
  return (
    <li className="member">
      <span className="grow">
        {what} <span className="muted">{t("for {who} alone", { who })}</span>
      </span>
      <button type="button" className="quiet" aria-label={t("Edit: {what}", { what })} onClick={onEdit}>
        {t("Edit")}
      </button>
      <button type="button" className="quiet square" aria-label={t("Open to everybody: {what}", { what })} title={t("Open to everybody")} onClick={onRemove}>
        <Icon name="close" />
      </button>
    </li>
  );
}

/** Parts of the project that are for some labelers alone. */
export function Reservations({ project }: { project: Project }) {
  const { item } = kindOf(project.kind);
  const { data: members } = useMembers(project.id);
  const { data } = useReservations(project.id);
  const [editing, edit] = useState<number | null>(null);
  const parts = data ?? [];
  const reserve = useReserve(project, parts);
  const labelers = (members ?? []).filter(mayLabel);
  const put = (next: NewReservation[]) => reserve.mutate(next, { onSuccess: () => edit(null) });
  const save = (part: NewReservation) => put(editing === parts.length ? [...parts.map(asNew), part] : parts.map((old, index) => (index === editing ? part : asNew(old))));
  return (
    <section className="card panel-card" aria-label={t("Reserved parts")}>
      <div className="row apart wrap">
        <div>
          <h2>{t("Reserved parts")}</h2>
          <p className="small muted">{t("{Item}s that only some people are handed. Everything else is for everybody.", { item })}</p>
        </div>
        {editing === null && (
          <button type="button" disabled={labelers.length === 0} onClick={() => edit(parts.length)}>
            <Icon name="plus" />
            {t("Reserve a part")}
          </button>
        )}
      </div>
      <ul className="plain-list member-list">
        {parts.map((part, index) => (
          <PartRow key={part.id} part={part} names={new Map((members ?? []).map((member) => [member.user, nameOf(member)]))} item={item} onEdit={() => edit(index)} onRemove={() => put(parts.filter((other) => other !== part).map(asNew))} />
        ))}
      </ul>
      {editing !== null && <ReservationForm key={editing} item={item} labelers={labelers} labels={flatten(project.labels).map(({ path }) => path)} before={parts[editing]} busy={reserve.isPending} onSave={save} onCancel={() => edit(null)} />}
      <Failure of={reserve.error} />
    </section>
  );
}
