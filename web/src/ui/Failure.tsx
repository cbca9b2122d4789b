import { messageOf } from "../api/problem";

interface FailureProps {
  of: Error | null;
  /** For what a whole page, or a part of it, cannot show. */
  banner?: boolean;
}

/** Says why what was asked for was not done, and what to do; nothing while all is well. */
export function Failure({ of: error, banner = false }: FailureProps) {
  if (error === null) return null;
  return (
    <p className={banner ? "banner bad" : "danger-text small"} role="alert">
      {messageOf(error)}
    </p>
  );
}
