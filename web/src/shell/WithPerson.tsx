import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, type ReactNode } from "react";
import { unwrap } from "../api/client";
import { messageOf, Problem } from "../api/problem";
import { Outbox } from "../outbox/outbox";
import { indexedDbStorage } from "../outbox/outboxStorage";
import { submitEntry } from "../outbox/send";
import { PageSkeleton } from "../ui/PageSkeleton";
import { PersonContext } from "./person";
import { api } from "../auth/session";
import { SignIn } from "../auth/SignIn";
import { t } from "../words/words";


function useMe() {
  return useQuery({ queryKey: ["me"], queryFn: () => unwrap(api.GET("/api/me")), staleTime: Infinity, retry: 3 });
}

function useOutbox(user: string | undefined): Outbox | null {
  const outbox = useMemo(() => (user === undefined ? null : new Outbox(user, submitEntry(api), indexedDbStorage())), [user]);
  useEffect(() => {
    if (outbox === null) return;
    void outbox.open();
    const retry = () => outbox.retryNow();
    addEventListener("online", retry);
    return () => removeEventListener("online", retry);
  }, [outbox]);
  return outbox;
}

/** Everything behind the sign-in: knows who is there, and sends what an earlier visit left unsent. */
export function WithPerson({ children }: { children: ReactNode }) {
  const { data: me, error, refetch } = useMe();
  const outbox = useOutbox(me?.id);
  const person = useMemo(() => (me && outbox ? { me, outbox } : null), [me, outbox]);
  if (person !== null) return <PersonContext value={person}>{children}</PersonContext>;
  if (error === null) return <PageSkeleton />;
  if (error instanceof Problem && error.status === 401) return <SignIn />;
  return (
    <main className="page narrow stack">
      <h1>{t("Tagwerk cannot be opened")}</h1>
      <p>{messageOf(error)}</p>
      <p>
        <button type="button" onClick={() => void refetch()}>
          {t("Try again")}
        </button>
      </p>
    </main>
  );
}
