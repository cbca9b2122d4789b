import createClient from "openapi-fetch";
import { Problem, problemFrom } from "./problem";
import type { paths } from "./schema";
import { t } from "../words/words";

export interface Tokens {
  current(): Promise<string | null>;
  /** A fresh token after the server refused the current one, or null when the person must sign in again. */
  renew(): Promise<string | null>;
}

const withToken = (request: Request, token: string | null): Request => {
  const signed = new Request(request);
  if (token !== null) signed.headers.set("Authorization", `Bearer ${token}`);
  return signed;
};

async function send(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0, t("The server cannot be reached."));
  }
}

/** fetch with the bearer token, which renews a refused token once and tries again. */
export function authorizedFetch(tokens: Tokens): (request: Request) => Promise<Response> {
  return async (request) => {
    const again = request.clone();
    const response = await send(withToken(request, await tokens.current()));
    if (response.status !== 401) return response;
    const fresh = await tokens.renew();
    return fresh === null ? response : send(withToken(again, fresh));
  };
}

export function createApi(tokens: Tokens, baseUrl = location.origin) {
  return createClient<paths>({ baseUrl, fetch: authorizedFetch(tokens) });
}

export type Api = ReturnType<typeof createApi>;

interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a good answer; a refusal becomes a thrown Problem. */
export async function unwrap<T>(pending: Promise<Outcome<T>>): Promise<T> {
  const { data, error, response } = await pending;
  if (!response.ok) throw problemFrom(response, error);
  return data as T;
}
