import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { unwrap } from "../api/client";
import type { Project } from "../api/types";
import { api } from "../auth/session";
import { kindOf } from "../kinds/kinds";
import { figureText } from "../models/words";
import { useProjects } from "../projects/queries";
import { Field } from "../ui/Field";
import { when } from "../ui/when";
import { thisMonth, useCost } from "./CostCard";
import type { AssistDraft, AssistErrors } from "./assist";

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
      <NumberField label="Target, %" step="any" hint="So many of the trusted suggestions are to be right." error={errors.target} value={draft.target} onChange={(target) => set({ target })} />
      <NumberField label="Audit, %" step="any" hint={`So many ${item}s with trusted suggestions are labeled without seeing them.`} error={errors.audit} value={draft.audit} onChange={(audit) => set({ audit })} />
      <SelectField label="Threshold" hint="Where trust begins, as far as answers can tell." value={draft.strict ? "strict" : "usual"} options={[["usual", "the lowest that reaches the target"], ["strict", "strict: trusts less, errs less often"]]} onChange={(value) => set({ strict: value === "strict" })} />
      <SelectField label="Other suggestions" hint="Those that are not trusted." value={draft.unsure} options={[["show", "shown, marked as unsure"], ["hide", "not shown"]]} onChange={(unsure) => set({ unsure })} />
      <SelectField label="Order" hint="Random answers teach a model best in most cases." value={draft.order} options={[["random", `random`], ["uncertain", "half of all tasks: the least sure first"]]} onChange={(order) => set({ order })} />
    </div>
  );
}

/** When a model is trained. */
export function TrainingFields({ draft, errors, set }: AssistFieldsProps) {
  return (
    <div className="two-fields">
      <NumberField label="First run at" hint="So many answers; empty: 100 for images with regions, else 300." placeholder="by kind" error={errors.first} value={draft.first} onChange={(first) => set({ first })} />
      <NumberField label="Then at each growth by" step="any" hint="1.5: whenever there are half as many again." error={errors.growth} value={draft.growth} onChange={(growth) => set({ growth })} />
      <NumberField label="Labels at least" hint="So many labels need answers before the first run." error={errors.labels} value={draft.labels} onChange={(labels) => set({ labels })} />
      <NumberField label="Answers for each of them" hint="At least so many." error={errors.perLabel} value={draft.perLabel} onChange={(perLabel) => set({ perLabel })} />
    </div>
  );
}

/** What runs may cost. */
export function BudgetField({ project, draft, errors, set }: AssistFieldsProps) {
  const currency = useCost(project.id, thisMonth()).data?.currency;
  const unit = currency === undefined ? "" : `, ${currency}`;
  return (
    <div className="two-fields">
      <NumberField label={`Budget a month${unit}`} step="any" placeholder="none" hint="For the machines that train and predict. Once it is spent, no run begins until the next month." error={errors.budget} value={draft.budget} onChange={(budget) => set({ budget })} />
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
      <SelectField label="Of the project" hint="One that you own, of the same kind." value={from} options={same.map(({ id, name }) => [id, name] as const)} onChange={(fromProject) => set({ fromProject, fromRun: "" })} />
      <SelectField
        label="Of the run"
        hint={runs?.length === 0 ? "No model has been trained there yet." : "Its labels may differ; what it knows of the rest helps."}
        error={errors.base}
        value={draft.fromRun}
        options={[["", "Choose one"], ...known, ...kept]}
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
      <SelectField label="Training starts from" hint="A model that knows such data already needs fewer answers." value={draft.starts} options={[["nothing", "nothing"], ["named", "a model by its name"], ["run", "the model of a run"]]} onChange={(starts) => set({ starts })} />
      {draft.starts === "named" && (
        <Field label="Model" hint={<>A hub’s, as <code>facebook/dinov2-small</code>, or <code>azureml:NAME:VERSION</code>.</>} error={errors.base}>
          {(control) => <input {...control} type="text" autoComplete="off" spellCheck={false} value={draft.named} onChange={(event) => set({ named: event.target.value })} />}
        </Field>
      )}
      {draft.starts === "run" && <FromRun {...props} />}
    </div>
  );
}
