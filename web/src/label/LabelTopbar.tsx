import { Suspense } from "react";
import { Link } from "wouter";
import { PersonMenu } from "../shell/PersonMenu";
import { KeyButton, useKeyed } from "../keymap/Key";
import { Icon } from "../ui/Icon";
import { ThemeButton } from "../ui/ThemeButton";
import { keepFocus } from "./keepFocus";
import { gridFor, LAYOUTS, type Layout } from "./layout";
import { typeText } from "./pageType";
import { TextLookButtons } from "./textParts";
import { useDesk, useLabeling } from "./useSession";
import { n, t } from "../words/words";

function LayoutIcon({ layout }: { layout: Layout }) {
  const { columns, rows } = gridFor(layout, layout);
  const cells = Array.from({ length: columns * rows }, (_, index) => ({ x: index % columns, y: Math.floor(index / columns) }));
  const [width, height] = [14 / columns, 12 / rows];
  return (
    <svg className="layout-icon" viewBox="0 0 16 14" aria-hidden="true">
      {cells.map(({ x, y }) => (
        <rect key={`${x}.${y}`} x={1 + x * width + 0.5} y={1 + y * height + 0.5} width={width - 1} height={height - 1} rx="0.8" />
      ))}
    </svg>
  );
}

function LayoutSwitch() {
  const { session, kind } = useDesk();
  const { layout } = useLabeling();
  const keyed = useKeyed("grid.layout");
  const next = LAYOUTS[(LAYOUTS.indexOf(layout) + 1) % LAYOUTS.length];
  return (
    <div className="segments" role="group" aria-label={t("{Item}s per page", { item: kind.item })}>
      {LAYOUTS.map((option) => (
        <button
          key={option}
          type="button"
          className="segment"
          {...(option === next ? keyed : {})}
          aria-pressed={option === layout}
          aria-label={n(option, "{n} {item}", "{n} {item}s", { item: kind.item })}
          title={n(option, "{n} {item}", "{n} {item}s", { item: kind.item })}
          onMouseDown={keepFocus}
          onClick={() => session.setLayout(option)}
        >
          <LayoutIcon layout={option} />
        </button>
      ))}
    </div>
  );
}

function TaskChip() {
  const { kind } = useDesk();
  const task = useLabeling().pages[0]?.task;
  const text = task === undefined ? null : typeText(task, kind);
  return text === null ? null : <span className="chip good">{text}</span>;
}

export function LabelTopbar() {
  const { session, project, kind } = useDesk();
  const { instructions } = useLabeling();
  return (
    <header className="label-topbar">
      <Link href={`/projects/${project.id}`} className="button quiet square" aria-label={t("Back to the project")} title={t("Back to the project")}>
        <Icon name="back" />
      </Link>
      <h1 className="ellipsis">{project.name}</h1>
      <span className="muted small ellipsis label-kind">{kind.title}</span>
      <TaskChip />
      <div className="grow" />
      {kind.item === "text" && (
        <Suspense>
          <TextLookButtons />
        </Suspense>
      )}
      {kind.marks === null && <LayoutSwitch />}
      <KeyButton id="page.instructions" className="quiet" aria-pressed={instructions} onClick={() => session.run({ do: "instructions" })}>
        <Icon name="book" />
        {t("Instructions")}
      </KeyButton>
      <KeyButton id="everywhere.keys" className="quiet" onClick={() => session.run({ do: "open", overlay: "keys" })}>
        <Icon name="keys" />
        {t("Keys")}
      </KeyButton>
      <ThemeButton {...useKeyed("page.theme")} />
      <PersonMenu />
    </header>
  );
}
