import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { unwrap } from "../../api/client";
import { api } from "../../auth/session";
import { Dialog } from "../../ui/Dialog";
import { Failure } from "../../ui/Failure";
import { Field } from "../../ui/Field";
import { t } from "../../words/words";

function useAdd(onAdded: (name: string) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ name, container, account }: { name: string; container: string; account: string }) => {
      const body = { container, account: account === "" ? null : account };
      return unwrap(api.PUT("/api/datastores/{name}", { params: { path: { name } }, body }));
    },
    onSuccess: async (_, { name }) => {
      await queries.invalidateQueries({ queryKey: ["datastores"] });
      onAdded(name);
    },
  });
}

/** Gives a container a name, so that projects can take data from it. */
export function AddDatastore({ onAdded, onClose }: { onAdded: (name: string) => void; onClose: () => void }) {
  const [name, setName] = useState("");
  const [container, setContainer] = useState("");
  const [account, setAccount] = useState("");
  const add = useAdd(onAdded);
  const save = () => add.mutate({ name: name.trim(), container: container.trim(), account: account.trim() });
  return (
    <Dialog title={t("Add a datastore")} onClose={onClose}>
      <div className="stack">
        <Field label={t("Name")}>{(control) => <input {...control} type="text" autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />}</Field>
        <Field label={t("Container")} hint={t("It must exist.")}>
          {(control) => <input {...control} type="text" autoComplete="off" spellCheck={false} value={container} onChange={(event) => setContainer(event.target.value)} />}
        </Field>
        <Field label={t("Storage account")} hint={t("Empty for the app's own. Another one must let the app's identity in.")}>
          {(control) => <input {...control} type="url" autoComplete="off" spellCheck={false} placeholder="https://photos.blob.core.windows.net" value={account} onChange={(event) => setAccount(event.target.value)} />}
        </Field>
        <Failure of={add.error} />
        <button type="button" className="primary" disabled={name.trim() === "" || container.trim() === "" || add.isPending} onClick={save}>
          {t("Add it")}
        </button>
      </div>
    </Dialog>
  );
}
