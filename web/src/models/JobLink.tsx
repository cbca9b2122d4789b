import { t } from "../words/words";
/** Where a person may look at a run's job, after what it is told of; nothing where nobody shows it. */
export function JobLink({ job }: { job: string | null }) {
  if (job === null) return null;
  return (
    <>
      {", "}
      <a href={job} target="_blank" rel="noreferrer">
        {t("its job")}
      </a>
    </>
  );
}
