import { Link } from "wouter";
import { Shell } from "./Shell";

export function NotFound() {
  return (
    <Shell title="Not found">
      <main className="page narrow stack">
        <h1>There is nothing here</h1>
        <p className="muted">The address may be mistyped, or you may not be a member of the project.</p>
        <p>
          <Link className="button" href="/">
            All projects
          </Link>
        </p>
      </main>
    </Shell>
  );
}
