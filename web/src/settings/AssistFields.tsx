import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { unwrap } from "../api/client";
import type { Project } from "../api/types";
import { api } from "../auth/session";
import { thisMonth } from "../costs/cost";
import { useCost } from "../costs/queries";
import { kindOf } from "../kinds/kinds";
import { figureText } from "../models/words";
import { useProjects } from "../projects/queries";
import { Field } from "../ui/Field";
import { when } from "../ui/when";
import type { AssistDraft, AssistErrors } from "./assist";
import { Rich } from "../words/Rich";
import { t } from "../words/words";

export interface AssistFieldsProps {
  project: Project;
  draft: AssistDraft;
  errors: AssistErrors;
  set: (part: Partial<AssistDraft>) => void;
}

interface NumberProps {
  label: string;
  hint: string;
  error: string | undefined;
  value: string;
  onChange: (value: string) => void;
  step?: string;
  placeholder?: string;
}

export function NumberField({ label, hint, error, value, onChange, step = "1", placeholder }: NumberProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <input {...control} type="number" step={step} placeholder={placeholder} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

interface SelectProps<T extends string> {
  label: string;
  hint: ReactNode;
  value: T;
  options: readonly (readonly [value: T, title: string])[];
  error?: string | undefined;
  onChange: (value: T) => void;
}

export function SelectField<T extends string>({ label, hint, value, options, error, onChange }: SelectProps<T>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <select {...control} value={value} onChange={(event) => onChange(options.find(([option]) => option === event.target.value)?.[0] ?? value)}>
          {options.map(([option, title]) => (
            <option key={option} value={option}>
              {title}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** How right suggestions have to be, and how that is held. */
export function TrustFields({ project, draft, errors, set }: AssistFieldsProps) {
  const { item } = kindOf(project.kind);
  return (
    <div className="two-fields">
      <NumberField label={t("Target, %")} step="any" hint={t("So many of the trusted suggestions are to be right.")} error={errors.target} value={draft.target} onChange={(target) => set({ target })} />
      <NumberField label={t("Audit, %")} step="any" hint={t("So many {item}s with trusted suggestions are labeled without seeing them.", { item })} error={errors.audit} value={draft.audit} onChange={(audit) => set({ audit })} />
      <SelectField label={t("Threshold")} hint={t("Where trust begins, as far as answers can tell.")} value={draft.strict ? "strict" : "usual"} options={[["usual", t("the lowest that reaches the target")], ["strict", t("strict: trusts less, errs less often")]]} onChange={(value) => set({ strict: value === "strict" })} />
      <SelectField label={t("Other suggestions")} hint={t("Those that are not trusted.")} value={draft.unsure} options={[["show", t("shown, marked as unsure")], ["hide", t("not shown")]]} onChange={(unsure) => set({ unsure })} />
      <SelectField label={t("Order")} hint={t("Random answers teach a model best in most cases.")} value={draft.order} options={[["random", t("random")], ["uncertain", t("half of all tasks: the least sure first")]]} onChange={(order) => set({ order })} />
    </div>
  );
}

/** When a model is trained. */
export function TrainingFields({ draft, errors, set }: AssistFieldsProps) {
  return (
    <div className="two-fields">
      <NumberField label={t("First run at")} hint={t("So many answers; empty: 100 for images with regions, else 300.")} placeholder={t("by kind")} error={errors.first} value={draft.first} onChange={(first) => set({ first })} />
      <NumberField label={t("Then at each growth by")} step="any" hint={t("1.5: whenever there are half as many again.")} error={errors.growth} value={draft.growth} onChange={(growth) => set({ growth })} />
      <NumberField label={t("Labels at least")} hint={t("So many labels need answers before the first run.")} error={errors.labels} value={draft.labels} onChange={(labels) => set({ labels })} />
      <NumberField label={t("Answers for each of them")} hint={t("At least so many.")} error={errors.perLabel} value={draft.perLabel} onChange={(perLabel) => set({ perLabel })} />
    </div>
  );
}

/** What runs may cost. */
export function BudgetField({ project, draft, errors, set }: AssistFieldsProps) {
  const currency = useCost(project.id, thisMonth()).data?.currency;
  const unit = currency === undefined ? "" : `, ${currency}`;
  return (
    <div className="two-fields">
      <NumberField label={t("Budget a month{unit}", { unit })} step="any" placeholder={t("none")} hint={t("For the machines that train and predict. Once it is spent, no run begins until the next month.")} error={errors.budget} value={draft.budget} onChange={(budget) => set({ budget })} />
    </div>
  );
}

function useTrainedRuns(project: string, enabled: boolean) {
  return useQuery({
    queryKey: ["trained", project],
    queryFn: async () => {
      const { items } = await unwrap(api.GET("/api/projects/{project}/runs", { params: { path: { project }, query: { limit: 200 } } }));
      return items.filter(({ stage, status }) => stage === "train" && status === "done");
    },
    enabled,
  });
}

function FromRun({ project, draft, errors, set }: AssistFieldsProps) {
  const { data: projects } = useProjects();
  const from = draft.fromProject || project.id;
  const { data: runs } = useTrainedRuns(from, true);
  const same = (projects ?? [project]).filter(({ kind, role, id }) => kind === project.kind && (role === "owner" || id === project.id || id === from));
  const known = (runs ?? []).map((run) => [run.id, `${when(run.created_at)}, ${figureText(run)}`] as const);
  const kept = draft.fromRun === "" || known.some(([id]) => id === draft.fromRun) ? [] : [[draft.fromRun, draft.fromRun] as const];
  return (
    <>
      <SelectField label={t("Of the project")} hint={t("One that you own, of the same kind.")} value={from} options={same.map(({ id, name }) => [id, name] as const)} onChange={(fromProject) => set({ fromProject, fromRun: "" })} />
      <SelectField
        label={t("Of the run")}
        hint={runs?.length === 0 ? t("No model has been trained there yet.") : t("Its labels may differ; what it knows of the rest helps.")}
        error={errors.base}
        value={draft.fromRun}
        options={[["", t("Choose one")], ...known, ...kept]}
        onChange={(fromRun) => set({ fromRun, fromProject: from })}
      />
    </>
  );
}

/** What training starts from. */
export function BaseFields(props: AssistFieldsProps) {
  const { draft, errors, set } = props;
  return (
    <div className="two-fields">
      <SelectField label={t("Training starts from")} hint={t("A model that knows such data already needs fewer answers.")} value={draft.starts} options={[["nothing", t("nothing")], ["named", t("a model by its name")], ["run", t("the model of a run")]]} onChange={(starts) => set({ starts })} />
      {draft.starts === "named" && (
        <Field label={t("Model")} hint={<Rich text="A hub’s, as {facebook}, or {azureml}." facebook={<code>facebook/dinov2-small</code>} azureml={<code>azureml:NAME:VERSION</code>} />} error={errors.base}>
          {(control) => <input {...control} type="text" autoComplete="off" spellCheck={false} value={draft.named} onChange={(event) => set({ named: event.target.value })} />}
        </Field>
      )}
      {draft.starts === "run" && <FromRun {...props} />}
    </div>
  );
}
