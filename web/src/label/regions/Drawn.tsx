const LID = "M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8z";

export const EYE = `${LID}M8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z`;
export const CLOSED_EYE = `${LID}M3 13.5l10-11`;
export const LOCK = "M3.5 7.5h9v6h-9zM5.5 7.5v-2a2.5 2.5 0 0 1 5 0v2";

/** A path in a box of 16 by 16. */
export function Drawn({ path }: { path: string }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

export const Eye = ({ closed }: { closed: boolean }) => <Drawn path={closed ? CLOSED_EYE : EYE} />;
