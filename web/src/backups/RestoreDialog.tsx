import { useState } from "react";
import type { Backup } from "../api/types";
import { Dialog } from "../ui/Dialog";
import { Failure } from "../ui/Failure";
import { Field } from "../ui/Field";
import { when } from "../ui/when";
import { t } from "../words/words";

interface RestoreDialogProps {
  backup: Backup;
  pending: boolean;
  error: Error | null;
  onRestore: (how: { name: string | null; moved: boolean }) => void;
  onClose: () => void;
}

/** Asks how a project is to come back. */
export function RestoreDialog({ backup, pending, error, onRestore, onClose }: RestoreDialogProps) {
  const [name, setName] = useState(backup.name);
  const [moved, setMoved] = useState(false);
  return (
    <Dialog title={t("Restore the project?")} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onRestore({ name: name === backup.name ? null : name, moved });
        }}
      >
        <p>{t("It comes back as it was on {when}. What was done in it later is not in this backup.", { when: when(backup.created_at) })}</p>
        <Field label={t("Name")}>{(control) => <input {...control} type="text" value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />}</Field>
        <label className="row">
          <input type="checkbox" checked={moved} onChange={(event) => setMoved(event.target.checked)} />
          {t("Its data were copied to where they are now: files of the same name and size are the same")}
        </label>
        <Failure of={error} />
        <div className="row">
          <button type="submit" className="primary" disabled={pending}>
            {t("Restore")}
          </button>
          <button type="button" className="quiet" onClick={onClose}>
            {t("Cancel")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
