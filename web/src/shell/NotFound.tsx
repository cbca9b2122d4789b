import { DeadEnd } from "./DeadEnd";

export function NotFound() {
  return (
    <DeadEnd title="Not found" heading="There is nothing here">
      <p className="muted">The address may be mistyped, or you may not be a member of the project.</p>
    </DeadEnd>
  );
}
