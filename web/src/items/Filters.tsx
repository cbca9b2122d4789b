import { useEffect, useState } from "react";
import type { Project } from "../api/types";
import { flatten } from "../labels/tree";
import type { Labeler } from "../review/people";
import { SOURCES } from "../review/history";
import { countOf, isFiltered, NO_FILTER, STATUS_TITLES, STATUSES, type ItemFilter } from "./filter";
import { Icon } from "../ui/Icon";
import { n, t } from "../words/words";

interface ChoiceProps {
  name: string;
  value: string;
  options: readonly (readonly [value: string, title: string])[];
  onChange: (value: string) => void;
}

function Choice({ name, value, options, onChange }: ChoiceProps) {
  return (
    <select className={value === "" ? "filter" : "filter is-set"} aria-label={name} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t("{name}: any", { name })}</option>
      {options.map(([option, title]) => (
        <option key={option} value={option}>
          {title}
        </option>
      ))}
    </select>
  );
}

const inPercent = (share: string) => (share === "" ? "" : String(Math.round(100 * Number(share))));

function Bound({ name, value, onChange }: { name: string; value: string; onChange: (value: string) => void }) {
  const take = (text: string) => {
    const share = text.trim() === "" ? "" : String(Math.min(100, Math.max(0, Number(text))) / 100);
    if (share !== value) onChange(share);
  };
  return (
    <input
      key={value}
      type="number"
      min={0}
      max={100}
      aria-label={t("{name}, in percent", { name })}
      defaultValue={inPercent(value)}
      onBlur={(event) => take(event.target.value)}
      onKeyDown={(event) => event.key === "Enter" && take(event.currentTarget.value)}
    />
  );
}

interface RangeProps {
  name: string;
  least: string;
  most: string;
  onChange: (least: string, most: string) => void;
}

function Range({ name, least, most, onChange }: RangeProps) {
  return (
    <span className={least === "" && most === "" ? "filter-range" : "filter-range is-set"} role="group" aria-label={name}>
      <span>{name}</span>
      <Bound name={t("{name} from", { name })} value={least} onChange={(value) => onChange(value, most)} />
      <span aria-hidden="true">–</span>
      <Bound name={t("{name} to", { name })} value={most} onChange={(value) => onChange(least, value)} />
      <span aria-hidden="true">%</span>
    </span>
  );
}

/** So long after the last key, the search begins. */
const TYPED_MS = 300;

function Search({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(value);
  const [before, setBefore] = useState(value);
  if (value !== before) {
    setBefore(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), TYPED_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  const name = t("Search by path");
  return <input type="search" className={value === "" ? "filter path-search" : "filter path-search is-set"} aria-label={name} placeholder={name} value={text} onChange={(event) => setText(event.target.value)} />;
}

interface FiltersProps {
  project: Project;
  labelers: readonly Labeler[];
  filter: ItemFilter;
  onChange: (filter: ItemFilter) => void;
}

/** On a narrow screen, all but the search is behind one button, which says how many apply. */
function Fold({ count, open, onToggle }: { count: number; open: boolean; onToggle: () => void }) {
  return (
    <button type="button" className={count === 0 ? "filters-fold" : "filters-fold is-set"} aria-expanded={open} onClick={onToggle}>
      {count === 0 ? t("Filters") : n(count, "{n} filter", "{n} filters")}
      <Icon name={open ? "up" : "down"} />
    </button>
  );
}

export function Filters({ project, labelers, filter, onChange }: FiltersProps) {
  const [open, setOpen] = useState(false);
  const set = (change: Partial<ItemFilter>) => onChange({ ...filter, ...change });
  return (
    <div className="row wrap filters" role="search" aria-label={t("Filter")}>
      <Search value={filter.path} onChange={(path) => set({ path })} />
      <Fold count={countOf(filter)} open={open} onToggle={() => setOpen(!open)} />
      <div className={open ? "filter-choices open" : "filter-choices"}>
        <Choice name={t("Status")} value={filter.status} options={STATUSES.map((status) => [status, STATUS_TITLES[status]] as const)} onChange={(status) => set({ status })} />
        <Choice name={t("Label")} value={filter.label} options={flatten(project.labels).map(({ path }) => [path, path] as const)} onChange={(label) => set({ label })} />
        <Choice name={t("Labeler")} value={filter.labeler} options={labelers.map(({ user, name }) => [user, name] as const)} onChange={(labeler) => set({ labeler })} />
        <Choice name={t("Answer")} value={filter.source} options={Object.entries(SOURCES)} onChange={(source) => set({ source })} />
        <Choice name={t("Approval")} value={filter.approved} options={[["true", t("approved")], ["false", t("not approved")]]} onChange={(approved) => set({ approved })} />
        <Choice name={t("Gold")} value={filter.gold} options={[["true", t("gold")], ["false", t("not gold")]]} onChange={(gold) => set({ gold })} />
        <Choice name={t("Flags")} value={filter.flagged} options={[["true", t("flagged")], ["false", t("not flagged")]]} onChange={(flagged) => set({ flagged })} />
        <Choice name={t("Prelabel")} value={filter.prelabeled} options={[["true", t("with a prelabel")], ["false", t("without a prelabel")]]} onChange={(prelabeled) => set({ prelabeled })} />
        <Range name={t("Confidence")} least={filter.min_confidence} most={filter.max_confidence} onChange={(min_confidence, max_confidence) => set({ min_confidence, max_confidence })} />
        <Range name={t("Agreement")} least={filter.min_agreement} most={filter.max_agreement} onChange={(min_agreement, max_agreement) => set({ min_agreement, max_agreement })} />
      </div>
      {isFiltered(filter) && (
        <button type="button" className="link" onClick={() => onChange(NO_FILTER)}>
          {t("Clear all")}
        </button>
      )}
    </div>
  );
}
