import { useStore } from "../ui/store";
import { signIn, signInEnded } from "./session";
import { t } from "../words/words";

/** Says so when the sign-in cannot be renewed. Nothing is lost: the work waits in this browser. */
export function SignInEnded() {
  if (!useStore(signInEnded)) return null;
  return (
    <div className="toast warning" role="alert">
      <span>{t("Your sign-in has ended. Your work is kept here until you are back.")}</span>
      <button type="button" className="primary" onClick={() => void signIn()}>
        {t("Sign in again")}
      </button>
    </div>
  );
}
