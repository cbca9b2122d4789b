import { createApi, type Tokens } from "../api/client";
import { Problem } from "../api/problem";
import type { Config } from "../api/types";
import { createStore } from "../ui/store";
import type { Oidc } from "./oidc";
import { t } from "../words/words";

const SOON_MS = 60_000;

/** True once the issuer no longer renews the sign-in; work goes on and waits for a new one. */
export const signInEnded = createStore(false);

let opening: Promise<Oidc> | null = null;

async function open(): Promise<Oidc> {
  const [{ createOidc }, response] = await Promise.all([import("./oidc"), fetch("/api/config")]);
  if (!response.ok) throw new Problem(response.status, t("The server does not say where to sign in."));
  return createOidc((await response.json()) as Config);
}

export function oidc(): Promise<Oidc> {
  opening ??= open().catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

/** Whether this tab has ever signed in; needs no network, so the landing page can show at once. */
export function hasStoredSignIn(): boolean {
  return Object.keys(sessionStorage).some((key) => key.startsWith("oidc.user:"));
}

async function renewOnce(): Promise<string | null> {
  const provider = await oidc();
  try {
    const user = (await provider.stored())?.refresh_token ? await provider.renew() : null;
    signInEnded.set(user === null);
    return user?.access_token ?? null;
  } catch (error) {
    if (error instanceof TypeError) throw new Problem(0, t("The sign-in service cannot be reached."));
    signInEnded.set(true);
    return null;
  }
}

let renewing: Promise<string | null> | null = null;

function renew(): Promise<string | null> {
  renewing ??= renewOnce().finally(() => (renewing = null));
  return renewing;
}

async function current(): Promise<string | null> {
  const user = await (await oidc()).stored();
  if (user === null) return null;
  const leftMs = (user.expires_in ?? 0) * 1000;
  return leftMs < SOON_MS ? ((await renew()) ?? user.access_token) : user.access_token;
}

const tokens: Tokens = { current, renew };

export const api = createApi(tokens);

export async function signIn(): Promise<void> {
  await (await oidc()).signIn(location.pathname + location.search);
}

export async function signOut(): Promise<void> {
  await (await oidc()).signOut();
}
