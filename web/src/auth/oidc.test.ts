import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Oidc } from "./oidc";
import { stored } from "./stored";

const AUTHORITY = "https://issuer.test/tenant";
const ENDPOINTS = { issuer: AUTHORITY, authorization_endpoint: "https://issuer.test/ask?policy=p", token_endpoint: "https://issuer.test/token", end_session_endpoint: "https://issuer.test/bye" };
const CONFIG = { authority: AUTHORITY, client_id: "page", scope: "openid offline_access api", version: "1" };

const base64Url = (text: string) => btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const token = (claims: object) => [{ alg: "RS256" }, claims, {}].map((part) => base64Url(JSON.stringify(part))).join(".");
const json = (body: object, status = 200) => new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

let asked: URL;
let sent: URLSearchParams[];
/** What the token endpoint answers. */
let answer: () => Response;

beforeEach(() => {
  sessionStorage.clear();
  sent = [];
  vi.stubGlobal("location", { origin: "https://page.test", search: "", assign: (to: string) => void (asked = new URL(to, "https://page.test")) });
  vi.stubGlobal("fetch", (url: string, { body }: { body?: URLSearchParams }) => {
    if (body === undefined) return Promise.resolve(json(ENDPOINTS));
    expect(url).toBe(ENDPOINTS.token_endpoint);
    sent.push(body);
    return Promise.resolve(answer());
  });
});
afterEach(() => void vi.unstubAllGlobals());

/** Asks, and comes back with what the issuer would say. */
async function signedIn(back: Record<string, string> = {}, claims: object = {}): Promise<{ oidc: Oidc; to: string }> {
  const oidc = new Oidc(CONFIG);
  await oidc.signIn("/projects/a?x=1");
  const { state = "", nonce = "" } = Object.fromEntries(asked.searchParams);
  const now = Math.floor(Date.now() / 1000);
  const about = { nonce, iss: AUTHORITY, aud: "page", sub: "ana", iat: now, exp: now + 300, ...claims };
  answer = () => json({ access_token: "one", token_type: "Bearer", refresh_token: "again", id_token: token(about), expires_in: 300 });
  location.search = `?${new URLSearchParams({ code: "c", state, ...back }).toString()}`;
  return { oidc, to: await oidc.complete() };
}

test("a code is asked for and exchanged with its verifier", async () => {
  const { to } = await signedIn();
  expect(to).toBe("/projects/a?x=1");
  const query = Object.fromEntries(asked.searchParams);
  expect(query).toMatchObject({ policy: "p", response_type: "code", client_id: "page", scope: CONFIG.scope, redirect_uri: "https://page.test/signed-in", code_challenge_method: "S256" });
  const [{ code_verifier: verifier = "", ...rest } = {}] = sent.map((form) => Object.fromEntries(form));
  expect(rest).toEqual({ client_id: "page", grant_type: "authorization_code", code: "c", redirect_uri: "https://page.test/signed-in" });
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  expect(query.code_challenge).toBe(base64Url(String.fromCharCode(...new Uint8Array(digest))));
  expect(stored()).toMatchObject({ access_token: "one", refresh_token: "again" });
});

test.each([
  ["another state", { state: "forged" }, {}],
  ["another nonce", {}, { nonce: "forged" }],
  ["another issuer", {}, { iss: "https://other.test" }],
  ["another app", {}, { aud: "other" }],
  ["a token that has lapsed", {}, { exp: 1 }],
])("%s is refused", async (_, back, claims) => {
  await expect(signedIn(back, claims)).rejects.toThrow("does not belong");
  expect(stored()).toBeNull();
});

test("an answer counts once", async () => {
  const { oidc } = await signedIn();
  await expect(oidc.complete()).rejects.toThrow("does not belong");
});

test("what the issuer says of a refusal is told", async () => {
  await expect(signedIn({ error: "access_denied", error_description: "Not you." })).rejects.toThrow("Not you.");
});

test("a renewal keeps what the issuer does not send again", async () => {
  const { oidc } = await signedIn();
  answer = () => json({ access_token: "two", token_type: "Bearer", expires_in: 300 });
  expect(await oidc.renew()).toMatchObject({ access_token: "two", refresh_token: "again" });
  expect(Object.fromEntries(sent[1] ?? [])).toEqual({ client_id: "page", grant_type: "refresh_token", refresh_token: "again", scope: CONFIG.scope });
});

test("a refused renewal and a busy issuer are told apart", async () => {
  const { oidc } = await signedIn();
  answer = () => json({ error: "invalid_grant" }, 400);
  await expect(oidc.renew()).rejects.toThrow("invalid_grant");
  answer = () => json({}, 503);
  await expect(oidc.renew()).rejects.toMatchObject({ status: 503, transient: true });
});

test("signing out ends it here and at the issuer", async () => {
  const { oidc } = await signedIn();
  await oidc.signOut();
  expect(stored()).toBeNull();
  expect([asked.pathname, Object.fromEntries(asked.searchParams)]).toEqual(["/bye", { client_id: "page", post_logout_redirect_uri: "https://page.test", id_token_hint: expect.any(String) as string }]);
});
