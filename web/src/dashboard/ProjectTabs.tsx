import { Link } from "wouter";
import type { Project } from "../api/types";
import { kindOf } from "../kinds/kinds";
import { useMay } from "../projects/rights";
import { TABS, type TabId } from "./tabs";
import { t } from "../words/words";
import "./tabs.css";

/** The way from one part of a project to another. Whoever may see only one is shown none. */
export function ProjectTabs({ project, current }: { project: Project; current: TabId }) {
  const may = useMay(project);
  const shown = TABS.filter(({ needs }) => may(needs));
  if (shown.length < 2) return null;
  return (
    <nav className="tabs" aria-label={t("Project")}>
      {shown.map(({ id, title }) => (
        <Link key={id} href={`/projects/${project.id}${id === "" ? "" : `/${id}`}`} aria-current={id === current ? "page" : undefined}>
          {title(kindOf(project.kind))}
        </Link>
      ))}
    </nav>
  );
}
