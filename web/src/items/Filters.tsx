import type { Dashboard, ItemStatus, Project } from "../api/types";
import { flatten } from "../labels/tree";
import type { ItemFilter } from "./queries";

const STATUSES: readonly ItemStatus[] = ["pending", "labeled", "skipped", "needs_review", "removed", "missing", "unreadable"];

export function readFilter(search: string): ItemFilter {
  const params = new URLSearchParams(search);
  return {
    status: STATUSES.find((status) => status === params.get("status")) ?? "",
    label: params.get("label") ?? "",
    labeler: params.get("labeler") ?? "",
  };
}

export function writeFilter(filter: ItemFilter): string {
  const params = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ""));
  return params.size === 0 ? "" : `?${params.toString()}`;
}

interface ChoiceProps {
  name: string;
  value: string;
  options: readonly (readonly [value: string, title: string])[];
  onChange: (value: string) => void;
}

function Choice({ name, value, options, onChange }: ChoiceProps) {
  return (
    <select className="filter" aria-label={name} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{name}: any</option>
      {options.map(([option, title]) => (
        <option key={option} value={option}>
          {title}
        </option>
      ))}
    </select>
  );
}

interface FiltersProps {
  project: Project;
  labelers: Dashboard["labelers"];
  filter: ItemFilter;
  onChange: (filter: ItemFilter) => void;
}

export function Filters({ project, labelers, filter, onChange }: FiltersProps) {
  return (
    <div className="row wrap" role="search" aria-label="Filter">
      <Choice
        name="Status"
        value={filter.status}
        options={STATUSES.map((status) => [status, status.replace("_", " ")] as const)}
        onChange={(value) => onChange({ ...filter, status: STATUSES.find((status) => status === value) ?? "" })}
      />
      <Choice
        name="Label"
        value={filter.label}
        options={flatten(project.labels).map(({ path }) => [path, path] as const)}
        onChange={(label) => onChange({ ...filter, label })}
      />
      <Choice
        name="Labeler"
        value={filter.labeler}
        options={labelers.map(({ user, name }) => [user, name ?? user] as const)}
        onChange={(labeler) => onChange({ ...filter, labeler })}
      />
    </div>
  );
}
