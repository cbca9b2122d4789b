import { useEffect, useState } from "react";
import { messageOf } from "../api/problem";
import { PageSkeleton } from "../ui/PageSkeleton";
import { oidc } from "./session";
import { t } from "../words/words";

let finishing: Promise<string> | null = null;

/** The issuer allows each code once, so a second effect run must share the first one's answer. */
function finish(): Promise<string> {
  finishing ??= oidc().then((provider) => provider.complete());
  return finishing;
}

/** Where the issuer sends people back to. */
export function SignedIn() {
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    finish().then(
      (returnTo) => location.replace(returnTo.startsWith("/") ? returnTo : "/"),
      (error: unknown) => setProblem(messageOf(error)),
    );
  }, []);
  if (problem === null) return <PageSkeleton />;
  return (
    <main className="page narrow stack">
      <h1>{t("The sign-in did not work")}</h1>
      <p>{problem}</p>
      <p>
        <a className="button" href="/">
          {t("Try again")}
        </a>
      </p>
    </main>
  );
}
