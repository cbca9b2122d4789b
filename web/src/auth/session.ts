import { createApi, type Tokens } from "../api/client";
import { Problem } from "../api/problem";
import type { Config } from "../api/types";
import { wanted } from "../ui/soon";
import { createStore } from "../ui/store";
import type { Oidc } from "./oidc";
import { stored } from "./stored";
import { t } from "../words/words";

const SOON_MS = 60_000;

/** True once the issuer no longer renews the sign-in; work goes on and waits for a new one. */
export const signInEnded = createStore(false);

let opening: Promise<Oidc> | null = null;

/** How people sign in: those who are signed in need it only to renew that. */
const loadOidc = wanted(() => import("./oidc"));

async function open(): Promise<Oidc> {
  const { Oidc } = await loadOidc();
  const response = await fetch("/api/config");
  if (!response.ok) throw new Problem(response.status, t("The server does not say where to sign in."));
  return new Oidc((await response.json()) as Config);
}

export function oidc(): Promise<Oidc> {
  opening ??= open().catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

/** Whether this tab is signed in, or was; needs no network, so the landing page can show at once. */
export function hasStoredSignIn(): boolean {
  return stored() !== null;
}

async function renewOnce(): Promise<string | null> {
  try {
    const signedIn = await (await oidc()).renew();
    signInEnded.set(signedIn === null);
    return signedIn?.access_token ?? null;
  } catch (error) {
    if (error instanceof TypeError) throw new Problem(0, t("The sign-in service cannot be reached."));
    if (error instanceof Problem && error.transient) throw error;
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
  const signedIn = stored();
  if (signedIn === null) return null;
  return signedIn.until - Date.now() < SOON_MS ? ((await renew()) ?? signedIn.access_token) : signedIn.access_token;
}

const tokens: Tokens = { current, renew };

export const api = createApi(tokens);

export async function signIn(): Promise<void> {
  await (await oidc()).signIn(location.pathname + location.search);
}

export async function signOut(): Promise<void> {
  await (await oidc()).signOut();
}
