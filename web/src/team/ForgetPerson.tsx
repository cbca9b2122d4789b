import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { unwrap } from "../api/client";
import { api } from "../auth/session";
import { Dialog } from "../ui/Dialog";
import { Failure } from "../ui/Failure";
import { Field } from "../ui/Field";
import { t } from "../words/words";

interface ForgetPersonProps {
  /** Who it is; null: somebody who is in no project any more, and is known by their id. */
  person: { user: string; name: string } | null;
  onClose: () => void;
}

function useForget() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (user: string) => unwrap(api.DELETE("/api/people/{user}", { params: { path: { user } } })),
    onSettled: () => queries.invalidateQueries(),
  });
}

function Forgotten({ onClose }: Pick<ForgetPersonProps, "onClose">) {
  return (
    <>
      <p role="status">{t("They are forgotten. Backups, and exports with the names of labelers, may still hold theirs: delete those too.")}</p>
      <div className="row">
        <button type="button" onClick={onClose}>
          {t("Close")}
        </button>
      </div>
    </>
  );
}

/** Says what is deleted of a person and what stays, and has it confirmed by their name or id. */
export function ForgetPerson({ person, onClose }: ForgetPersonProps) {
  const [typed, setTyped] = useState("");
  const forget = useForget();
  const sure = person === null ? typed.trim() !== "" : typed === person.name;
  return (
    <Dialog title={person === null ? t("Forget somebody?") : t("Forget {name} everywhere?", { name: person.name })} onClose={onClose}>
      {forget.isSuccess ? (
        <Forgotten onClose={onClose} />
      ) : (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (sure) forget.mutate(person?.user ?? typed.trim());
          }}
        >
          <p>{t("Their name and e-mail address are deleted, and they leave every project. Pages that they hold go back into the queue. What they answered and did stays, under an id that says nothing here.")}</p>
          <p>{t("First take away their right to sign in: who signs in again is known again.")}</p>
          <Field label={person === null ? t("Their id, as logs and answers have it") : t("Type their name to confirm")}>{(control) => <input {...control} type="text" autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />}</Field>
          <Failure of={forget.error} />
          <div className="row">
            <button type="submit" className="danger" disabled={!sure || forget.isPending}>
              {t("Forget for good")}
            </button>
            <button type="button" className="quiet" onClick={onClose}>
              {t("Cancel")}
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
