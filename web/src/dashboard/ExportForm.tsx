import { useState } from "react";
import { unwrap } from "../api/client";
import type { ExportFormat, NewExport, Project } from "../api/types";
import { api } from "../auth/session";
import { kindOf } from "../kinds/kinds";
import { Failure } from "../ui/Failure";
import { Field } from "../ui/Field";
import { FORMAT_TITLES, hasCoordinates } from "./formats";
import { useAction } from "./useAction";
import { t } from "../words/words";

interface Options {
  readonly labeler: boolean;
  readonly skipped: boolean;
  readonly approved: boolean;
  readonly coordinates: "" | "absolute" | "normalized";
  readonly register: string;
}

const NO_OPTIONS: Options = { labeler: false, skipped: false, approved: false, coordinates: "", register: "" };

function bodyOf(format: ExportFormat, { labeler, skipped, approved, coordinates, register }: Options): NewExport {
  return {
    format,
    status: skipped ? ["labeled", "skipped"] : [], // none: what the format is for, of votes also what needs review
    include_labeler: labeler,
    approved_only: approved,
    coordinates: coordinates === "" ? null : coordinates,
    register: register.trim() || null,
  };
}

function Checks({ options, change, item }: { options: Options; change: (part: Partial<Options>) => void; item: string }) {
  const checks = [
    ["labeler", t("Who, when, how long")],
    ["skipped", t("Skipped {item}s too", { item })],
    ["approved", t("Approved only")],
  ] as const;
  return (
    <div className="row wrap">
      {checks.map(([name, title]) => (
        <label key={name} className="row">
          <input type="checkbox" checked={options[name]} onChange={(event) => change({ [name]: event.target.checked })} />
          {title}
        </label>
      ))}
    </div>
  );
}

function Register({ options, change }: { options: Options; change: (part: Partial<Options>) => void }) {
  return (
    <details className="small">
      <summary>{t("Register in Azure ML")}</summary>
      <Field label={t("Data asset")} hint={t("The export becomes a version of it.")}>
        {(control) => <input {...control} type="text" autoComplete="off" spellCheck={false} placeholder="cells-labeled" value={options.register} onChange={(event) => change({ register: event.target.value })} />}
      </Field>
    </details>
  );
}

export function ExportForm({ project }: { project: Project }) {
  const kind = kindOf(project.kind);
  const [chosen, setFormat] = useState<ExportFormat | null>(null);
  const [options, setOptions] = useState(NO_OPTIONS);
  const format = chosen ?? project.export_formats[0] ?? "csv";
  const change = (part: Partial<Options>) => setOptions((before) => ({ ...before, ...part }));
  const start = useAction(project.id, () => {
    const body = bodyOf(format, hasCoordinates(format, kind) ? options : { ...options, coordinates: "" });
    return unwrap(api.POST("/api/projects/{project}/exports", { params: { path: { project: project.id } }, body }));
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate(undefined);
      }}
    >
      <div className="row">
        <select aria-label={t("Format")} value={format} onChange={(event) => setFormat(project.export_formats.find((id) => id === event.target.value) ?? null)}>
          {project.export_formats.map((id) => (
            <option key={id} value={id}>
              {FORMAT_TITLES[id]}
            </option>
          ))}
        </select>
        {hasCoordinates(format, kind) && (
          <select aria-label={t("Coordinates")} value={options.coordinates} onChange={(event) => change({ coordinates: event.target.value as Options["coordinates"] })}>
            <option value="">{t("As usual")}</option>
            <option value="absolute">{t("In pixels")}</option>
            <option value="normalized">{t("As fractions")}</option>
          </select>
        )}
        <button type="submit" className="primary" disabled={start.isPending}>
          {t("Export")}
        </button>
      </div>
      <Checks options={options} change={change} item={kind.item} />
      <Register options={options} change={change} />
      <Failure of={start.error} />
    </form>
  );
}
