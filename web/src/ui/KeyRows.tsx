/** Keys, each beside what it does. */
export function KeyRows({ className, rows }: { className: string; rows: readonly (readonly [key: string, what: string])[] }) {
  return (
    <dl className={className}>
      {rows.map(([key, what]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}
