import type { ReactNode } from "react";
import { Link } from "wouter";
import { Shell } from "./Shell";
import { t } from "../words/words";

/** A page from which the only way on is back to the projects. */
export function DeadEnd({ title, heading, children }: { title: string; heading: string; children: ReactNode }) {
  return (
    <Shell title={title}>
      <main className="page narrow stack">
        <h1>{heading}</h1>
        {children}
        <p>
          <Link className="button" href="/">
            {t("All projects")}
          </Link>
        </p>
      </main>
    </Shell>
  );
}
