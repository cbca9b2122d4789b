import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { Link, useLocation } from "wouter";
import { unwrap } from "../../api/client";
import { messageOf, Problem } from "../../api/problem";
import { api } from "../../auth/session";
import { isAdministrator, usePerson } from "../../shell/person";
import { Shell } from "../../shell/Shell";
import { AssistSection } from "./AssistSection";
import { DataSection, useDatastores } from "./DataSection";
import { errorsIn, loadDraft, newProjectOf, saveDraft, type DraftErrors, type DraftProject } from "./draft";
import { InstructionsSection } from "./InstructionsSection";
import { LabelsSection } from "./LabelsSection";
import { NameSection } from "./NameSection";
import { QualitySection } from "./QualitySection";
import { VendorSection } from "./VendorSection";
import { t } from "../../words/words";
import "./create.css";

function useDraft() {
  const [draft, setDraft] = useState(loadDraft);
  const change = (part: Partial<DraftProject>) =>
    setDraft((before) => {
      const next = { ...before, ...part };
      saveDraft(next);
      return next;
    });
  return { draft, change };
}

/** What the form calls a field of the API. */
const FIELDS: Readonly<Record<string, keyof DraftErrors>> = {
  "data.path": "path",
  "data.columns": "columns",
  "data.type": "kind",
  "quality.min_labelers": "min_labelers",
  "quality.consensus": "min_labelers",
  "quality.gold_rate": "gold_rate",
  "quality.agreement": "threshold",
  "assist.enabled": "models",
  "assist.target": "target",
  "vendor.name": "vendor_name",
  "vendor.admin_email": "vendor_email",
};

/** The server's refusals, beside the fields that they are about. */
function refusals(error: unknown): DraftErrors {
  if (!(error instanceof Problem)) return {};
  if (error.kind === "name-taken") return { name: error.message };
  return Object.fromEntries(Object.entries(error.fields).map(([field, message]) => [FIELDS[field] ?? field, message]));
}

function useCreate(draft: DraftProject) {
  const [, go] = useLocation();
  const queries = useQueryClient();
  const datastore = useDatastores().data?.[0]?.name ?? "";
  return useMutation({
    mutationFn: () => unwrap(api.POST("/api/projects", { body: newProjectOf({ ...draft, datastore: draft.datastore || datastore }) })),
    onSuccess: async (project) => {
      saveDraft(null);
      await queries.invalidateQueries({ queryKey: ["projects"] });
      go(`/projects/${project.id}`);
    },
  });
}

function focusFirstError(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}

function CreateForm() {
  const { draft, change } = useDraft();
  const [tried, setTried] = useState(false);
  const create = useCreate(draft);
  const found = errorsIn(draft);
  const errors: DraftErrors = { ...refusals(create.error), ...(tried ? found : {}) };
  const onSubmit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(found).length === 0) create.mutate();
    focusFirstError(event.currentTarget);
  };
  const changed = (part: Partial<DraftProject>) => {
    change(part);
    if (create.isError) create.reset();
  };
  const sections = { draft, change: changed, errors };
  return (
    <form className="stack create-form" onSubmit={onSubmit} noValidate>
      <NameSection {...sections} />
      <DataSection {...sections} />
      <LabelsSection {...sections} />
      <InstructionsSection {...sections} />
      <QualitySection {...sections} />
      <AssistSection {...sections} />
      <VendorSection {...sections} />
      {create.error !== null && Object.keys(refusals(create.error)).length === 0 && (
        <p className="banner bad" role="alert">
          {messageOf(create.error)}
        </p>
      )}
      <div className="row wrap">
        <button type="submit" className="primary large" disabled={create.isPending}>
          {t("Create the project")}
        </button>
        <Link href="/" className="button quiet large">
          {t("Back")}
        </Link>
        <span className="small muted">{t("What you have typed stays here until the project exists.")}</span>
      </div>
    </form>
  );
}

export default function CreatePage() {
  const { me } = usePerson();
  return (
    <Shell title={t("New project")}>
      <main className="page narrow">
        <div className="page-head">
          <h1>{t("New project")}</h1>
        </div>
        {isAdministrator(me) ? <CreateForm /> : <p className="banner">{t("Only administrators create projects. Ask one of yours.")}</p>}
      </main>
    </Shell>
  );
}
