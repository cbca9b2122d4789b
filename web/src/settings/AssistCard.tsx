import { useState } from "react";
import { unwrap } from "../api/client";
import { Problem } from "../api/problem";
import type { Assist, Project } from "../api/types";
import { api } from "../auth/session";
import { useAction } from "../dashboard/useAction";
import { kindOf } from "../kinds/kinds";
import { onlyIf } from "../projects/queries";
import { assistDraft, assistErrors, assistOf, assistRefusals, type AssistDraft } from "./assist";
import { BaseFields, BudgetField, TrainingFields, TrustFields, type AssistFieldsProps } from "./AssistFields";
import { Failure } from "../ui/Failure";
import { t } from "../words/words";

const same = (one: Assist, other: Assist) => JSON.stringify(one) === JSON.stringify(other);

/** What is typed, until it is saved; while nothing is, the settings as they are. */
function useAssistDraft(project: Project) {
  const [typed, setTyped] = useState<{ draft: AssistDraft; read: Assist } | null>(null);
  const save = useAction(project.id, async ({ draft, read }: { draft: AssistDraft; read: Assist }) => {
    const header = await onlyIf(project.id, ({ assist }) => same(assist, read));
    await unwrap(api.PATCH("/api/projects/{project}", { params: { path: { project: project.id }, header }, body: { assist: assistOf(draft) } }));
  });
  const draft = typed?.draft ?? assistDraft(project.assist);
  const set = (part: Partial<AssistDraft>) => {
    setTyped({ draft: { ...draft, ...part }, read: typed?.read ?? project.assist });
    if (!save.isIdle) save.reset();
  };
  const submit = () => typed !== null && save.mutate(typed, { onSuccess: () => setTyped(null) });
  return { draft, set, submit, save, changed: typed !== null, forget: () => setTyped(null) };
}

function Switch({ draft, errors, set }: AssistFieldsProps) {
  return (
    <div className="field">
      <label className="row">
        <input type="checkbox" checked={draft.enabled} onChange={(event) => set({ enabled: event.target.checked })} />
        {t("Models learn from answers and suggest the rest")}
      </label>
      {errors.enabled !== undefined && (
        <span className="error" role="alert">
          {errors.enabled}
        </span>
      )}
    </div>
  );
}

function Accept({ project, draft, errors, set }: AssistFieldsProps) {
  const several = project.quality.consensus ?? false;
  const { item } = kindOf(project.kind);
  return (
    <div className="field">
      <label className="row">
        <input type="checkbox" checked={draft.accept} disabled={several && !draft.accept} onChange={(event) => set({ accept: event.target.checked })} />
        {t("Accept trusted suggestions without a person")}
      </label>
      {several && <span className="hint">{t("Not where several labelers have to agree.")}</span>}
      {draft.accept && <p className="banner">{t("Nobody looks at these {item}s. At the target, {number} in 100 of their answers may be wrong. They are marked as a model’s everywhere, and taken back once they are trusted no more.", { item, number: Number((100 - Number(draft.target)).toFixed(3)) })}</p>}
      {errors.accept !== undefined && (
        <span className="error" role="alert">
          {errors.accept}
        </span>
      )}
    </div>
  );
}

/** Whether models help, how right they have to be, and what they learn from. */
export function AssistCard({ project }: { project: Project }) {
  const { draft, set, submit, save, changed, forget } = useAssistDraft(project);
  const refused = save.error instanceof Problem ? assistRefusals(save.error.fields) : {};
  const found = assistErrors(draft);
  const fields = { project, draft, set, errors: { ...refused, ...found } };
  return (
    <section className="card panel-card" aria-label={t("Models")}>
      <h2>{t("Models")}</h2>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (Object.keys(found).length === 0) submit();
        }}
      >
        <Switch {...fields} />
        <TrustFields {...fields} />
        <Accept {...fields} />
        <h3>{t("Training")}</h3>
        <TrainingFields {...fields} />
        <BaseFields {...fields} />
        <BudgetField {...fields} />
        {/* What is about a field is said there. */}
        {Object.keys(refused).length === 0 && <Failure of={save.error} />}
        <div className="row">
          <button type="submit" className="primary" disabled={!changed || save.isPending}>
            {t("Save")}
          </button>
          {changed && (
            <button type="button" className="quiet" onClick={forget}>
              {t("Cancel")}
            </button>
          )}
          <span className="small muted" role="status">
            {save.isSuccess && !changed && t("Saved.")}
          </span>
        </div>
      </form>
    </section>
  );
}
