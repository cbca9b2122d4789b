import { useId, type ReactNode } from "react";

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** Receives what connects the control with its label, hint and error. */
  children: (control: { id: string; "aria-describedby": string; "aria-invalid": boolean }) => ReactNode;
}

export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-describedby": `${id}-more`, "aria-invalid": error !== undefined })}
      <div id={`${id}-more`}>
        {error === undefined ? <span className="hint">{hint}</span> : <span className="error" role="alert">{error}</span>}
      </div>
    </div>
  );
}
