import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { unwrap } from "../api/client";
import { messageOf } from "../api/problem";
import type { Project, RunDetail } from "../api/types";
import { api } from "../auth/session";
import { useAction } from "../dashboard/useAction";
import type { May } from "../projects/rights";
import { Failure } from "../ui/Failure";
import { Field } from "../ui/Field";
import { Icon } from "../ui/Icon";
import { useStartRun } from "./queries";
import { t } from "../words/words";

interface Path {
  project: string;
  run: string;
}

function Use({ path }: { path: Path }) {
  const start = useStartRun(path.project);
  return (
    <>
      <button type="button" disabled={start.isPending} onClick={() => start.mutate({ stage: "predict", model: path, base: null })}>
        <Icon name="play" />
        {t("Predict with it now")}
      </button>
      <span className="small muted" role="status">
        {start.isSuccess && t("Asked for: a run begins.")}
        <Failure of={start.error} />
      </span>
    </>
  );
}

function Download({ path }: { path: Path }) {
  const sign = useMutation({
    mutationFn: () => unwrap(api.GET("/api/projects/{project}/runs/{run}/model", { params: { path } })),
    onSuccess: ({ url }) => location.assign(url),
  });
  return (
    <>
      <button type="button" disabled={sign.isPending} onClick={() => sign.mutate()}>
        <Icon name="download" />
        {t("Download it")}
      </button>
      <Failure of={sign.error} />
    </>
  );
}

const nameFrom = (title: string) => title.replaceAll(/[^A-Za-z0-9_.-]+/g, "-").replaceAll(/^[^A-Za-z0-9]+|-+$/g, "") || "model";

function Register({ path, title }: { path: Path; title: string }) {
  const [name, setName] = useState(() => nameFrom(title));
  const register = useAction(path.project, (asset: string) => unwrap(api.POST("/api/projects/{project}/runs/{run}/model/register", { params: { path }, body: { name: asset } })));
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        register.mutate(name.trim());
      }}
    >
      <Field label={t("Name in Azure ML")} hint={register.isSuccess ? t("Registered: {asset}", { asset: register.data.asset }) : t("Each registration is the next version of that name.")} error={register.isError ? messageOf(register.error) : undefined}>
        {(control) => <input {...control} type="text" autoComplete="off" spellCheck={false} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <div>
        <button type="submit" disabled={register.isPending || name.trim() === ""}>
          {t("Register it")}
        </button>
      </div>
    </form>
  );
}

/** What can be done with the model that a run made. */
export function ModelCard({ project, run, may }: { project: Project; run: RunDetail; may: May }) {
  const path = { project: project.id, run: run.id };
  if (!may("train") && !may("use_models")) return null;
  return (
    <section className="card panel-card" aria-label={t("Model")}>
      <h2>{t("Its model")}</h2>
      {may("train") && (
        <div className="row wrap">
          <Use path={path} />
        </div>
      )}
      {may("use_models") && (
        <>
          <div className="row wrap">
            <Download path={path} />
          </div>
          <Register path={path} title={project.name} />
        </>
      )}
    </section>
  );
}
