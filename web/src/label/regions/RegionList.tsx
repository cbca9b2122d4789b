import { memo, useDeferredValue, useEffect, useRef, type KeyboardEvent } from "react";
import { areaOfRle } from "../../canvas/rle";
import { areaOf, boundsOf, type Region } from "../../canvas/regions";
import { Icon } from "../../ui/Icon";
import { keepFocus } from "../keepFocus";
import { documentNow } from "../marks/document";
import { ListButton } from "../marks/ListButton";
import type { Mark, MarkingState } from "../marks/marking";
import { toggled } from "../marks/toggled";
import { UnsureBar } from "../marks/UnsureBar";
import { SuggestionChip } from "../SuggestionChip";
import { useDesk, useLabeling } from "../useSession";
import { CLOSED_EYE, Drawn, EYE, LOCK } from "./Drawn";
import { LabelEyes } from "./LabelEyes";
import { fixing, hiding } from "./single";
import { number, t } from "../../words/words";

const whole = (value: number) => number(Math.round(value));

/** Where and how large a region is: "34, 120 · 40 × 38". */
function placeText(region: Region): string {
  const { x, y, width, height } = boundsOf(region);
  const place = `${whole(x)}, ${whole(y)} · ${whole(width)} × ${whole(height)}`;
  if (region.shape === "box") return place;
  if (region.shape === "mask") return `${whole(areaOfRle(region.rle))} px`;
  const more = [region.parts.length > 1 && t("{parts} parts", { parts: region.parts.length }), region.holes.length > 0 && t("{holes} cut out", { holes: region.holes.length })].filter(Boolean);
  return [`${whole(areaOf(region))} px²`, ...more].join(" · ");
}

interface RegionRowProps {
  region: Region;
  number: number;
  selected: boolean;
  hidden: boolean;
  fixed: boolean;
  reachable: boolean;
}

function RowSwitch({ name, pressed, icon, onClick }: { name: string; pressed: boolean; icon: string; onClick: () => void }) {
  return (
    <button type="button" className="mark-remove row-switch" tabIndex={-1} aria-label={name} title={name} aria-pressed={pressed} onMouseDown={keepFocus} onClick={onClick}>
      <Drawn path={icon} />
    </button>
  );
}

const RegionRow = memo(function RegionRow({ region, number, selected, hidden, fixed, reachable }: RegionRowProps) {
  const { session, byPath } = useDesk();
  const label = byPath.get(region.label);
  return (
    <li className={selected ? "mark-row selected" : "mark-row"}>
      <button
        type="button"
        className="mark-pick"
        tabIndex={reachable ? 0 : -1}
        aria-pressed={selected}
        title={region.label}
        onMouseDown={keepFocus}
        onClick={({ shiftKey }) => session.run({ do: "pick", ids: shiftKey ? toggled(session.host.read().marking, [region.id]) : [region.id] })}
      >
        <span className="label-color" style={{ background: label?.color }} />
        <span className="ellipsis region-name">{label?.name ?? region.label}</span>
        <span className="visually-hidden">{number}: </span>
        <span className="ellipsis muted small number region-place">{placeText(region)}</span>
        {region.suggested !== undefined && <SuggestionChip suggestion={region.suggested} />}
      </button>
      {region.shape !== "mask" && (
        <RowSwitch name={t("Lock {label} {number}", { label: region.label, number })} pressed={fixed} icon={LOCK} onClick={() => session.host.update(fixing(session.host.read(), [region.id]))} />
      )}
      <RowSwitch name={t("Hide {label} {number}", { label: region.label, number })} pressed={hidden} icon={hidden ? CLOSED_EYE : EYE} onClick={() => session.host.update(hiding(session.host.read(), [region.id]))} />
      <button
        type="button"
        className="mark-remove"
        tabIndex={-1}
        aria-label={t("Remove {label} {number}", { label: region.label, number })}
        onMouseDown={keepFocus}
        onClick={() => {
          session.run({ do: "pick", ids: [region.id] });
          session.run({ do: "clear" });
        }}
      >
        <Icon name="close" />
      </button>
    </li>
  );
});

const STEPS: Readonly<Record<string, -1 | 1>> = { ArrowUp: -1, ArrowDown: 1 };

/** Up and down go through the regions as the comma and the full stop do; the focus goes along. */
function useStepping() {
  const { session } = useDesk();
  return (event: KeyboardEvent<HTMLElement>) => {
    const by = STEPS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    session.run({ do: "cycle", by });
  };
}

/** Brings the first row that is selected into sight, and the focus to it where the list has it. */
function useFollowing(first: string | null) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const row = first === null ? null : list.current?.querySelector(".selected");
    row?.scrollIntoView({ block: "nearest" });
    if (list.current?.contains(document.activeElement) === true) row?.querySelector("button")?.focus();
  }, [first]);
  return list;
}

const Regions = memo(function Regions({ marks, marking }: { marks: readonly Mark[]; marking: MarkingState }) {
  const { view } = useDesk();
  const onKeyDown = useStepping();
  const regions = marks.filter((mark): mark is Region => mark.shape !== "span");
  const { selected, hidden, fixed, drawn } = marking;
  const first = regions.find(({ id }) => selected.has(id));
  const list = useFollowing(drawn ? null : (first?.id ?? null));
  return (
    <section className="marks" aria-label={t("Regions")}>
      <h2 className="row apart">
        <span>{view?.marking.countText(regions.length)}</span>
        {selected.size > 0 && !drawn && <span className="muted small">{t("{size} selected", { size: selected.size })}</span>}
      </h2>
      <UnsureBar />
      <LabelEyes regions={regions} />
      {regions.length === 0 ? (
        <p className="muted small marks-none">{t("None yet. Nothing to see is an answer too.")}</p>
      ) : (
        <ol ref={list} className="plain-list mark-list" onKeyDown={onKeyDown}>
          {regions.map((region, index) => (
            <RegionRow key={region.id} region={region} number={index + 1} selected={selected.has(region.id) && !drawn} hidden={hidden.has(region.id)} fixed={fixed.has(region.id)} reachable={region === (first ?? regions[0])} />
          ))}
        </ol>
      )}
    </section>
  );
});

/** The regions as text, in the order of drawing: the last lies on top. Where they are many, the image is painted first. */
export function RegionList() {
  const state = useLabeling();
  return (
    <>
      <Regions marks={useDeferredValue(documentNow(state).marks)} marking={useDeferredValue(state.marking)} />
      <ListButton />
    </>
  );
}
