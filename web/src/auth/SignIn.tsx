import { useEffect, useState } from "react";
import { messageOf } from "../api/problem";
import { useTitle } from "../ui/hooks";
import { Logo } from "../ui/Logo";
import { fetchAhead } from "../ui/soon";
import { signIn } from "./session";
import { t } from "../words/words";
import "./sign-in.css";

/** The landing page: the name, what it is for, one button. */
export function SignIn() {
  const [problem, setProblem] = useState<string | null>(null);
  const [leaving, setLeaving] = useState(false);
  useTitle("");
  useEffect(fetchAhead, []);
  const leave = () => {
    setLeaving(true);
    setProblem(null);
    signIn().catch((error: unknown) => {
      setProblem(messageOf(error));
      setLeaving(false);
    });
  };
  return (
    <main className="landing">
      <div className="landing-card">
        <Logo size={56} />
        <h1>Tagwerk</h1>
        <p className="muted">{t("Data labeling in your own cloud.")}</p>
        <button type="button" className="primary large" onClick={leave} disabled={leaving} autoFocus>
          {t("Sign in")}
        </button>
        <p className="small danger-text" role="alert">
          {problem}
        </p>
      </div>
    </main>
  );
}
