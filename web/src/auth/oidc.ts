import type { Config } from "../api/types";
import { Problem } from "../api/problem";
import { t } from "../words/words";

/** What the issuer gave, for this tab alone. Times are in milliseconds. */
export interface SignedInAs {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
  readonly until: number;
}

/** What was asked for, until the issuer answers. */
interface Asked {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
}

interface Issuer {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly end_session_endpoint?: string;
}

type Tokens = Omit<SignedInAs, "until"> & { readonly expires_in: number };

const KEPT = "tagwerk.signed-in";
const ASKED = "tagwerk.sign-in";
const BACK = "/signed-in";

const base64Url = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const random = () => base64Url(crypto.getRandomValues(new Uint8Array(32)));
const challengeOf = async (verifier: string) => base64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));

const read = (key: string): unknown => JSON.parse(sessionStorage.getItem(key) ?? "null");
const keep = (key: string, value: SignedInAs | Asked) => sessionStorage.setItem(key, JSON.stringify(value));

export const stored = () => read(KEPT) as SignedInAs | null;

function withQuery(address: string, query: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

/** What a token says; nobody but its issuer can have sent it, by the way it came. */
function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const payload = atob((token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/"));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(payload, (char) => char.charCodeAt(0)))) as Record<string, unknown>;
}

const strange = () => new Error(t("The answer of the sign-in service does not belong to this sign-in."));

/** Signing in with OpenID Connect: an authorization code with PKCE, renewed by a refresh token. */
export class Oidc {
  private found: Promise<Issuer> | null = null;

  constructor(private readonly config: Config) {}

  async signIn(returnTo: string): Promise<void> {
    const { authorization_endpoint: page } = await this.issuer();
    const asked = { state: random(), nonce: random(), verifier: random(), returnTo };
    keep(ASKED, asked);
    const { client_id, scope } = this.config;
    const code = { response_type: "code", code_challenge: await challengeOf(asked.verifier), code_challenge_method: "S256" };
    location.assign(withQuery(page, { client_id, scope, redirect_uri: location.origin + BACK, state: asked.state, nonce: asked.nonce, ...code }));
  }

  /** Ends the redirect back from the issuer; gives the address to go on to. */
  async complete(): Promise<string> {
    const answer = new URLSearchParams(location.search);
    const asked = read(ASKED) as Asked | null;
    sessionStorage.removeItem(ASKED);
    if (asked?.state === undefined || answer.get("state") !== asked.state) throw strange();
    const error = answer.get("error");
    if (error !== null) throw new Error(answer.get("error_description") ?? error);
    const tokens = await this.tokens({ grant_type: "authorization_code", code: answer.get("code") ?? "", redirect_uri: location.origin + BACK, code_verifier: asked.verifier });
    await this.check(tokens, asked.nonce);
    this.take(tokens);
    return asked.returnTo;
  }

  /** Null where the issuer renews nothing. */
  async renew(): Promise<SignedInAs | null> {
    const before = stored();
    if (before?.refresh_token === undefined) return null;
    const tokens = await this.tokens({ grant_type: "refresh_token", refresh_token: before.refresh_token, scope: this.config.scope });
    return this.take({ ...before, ...tokens });
  }

  async signOut(): Promise<void> {
    const hint = stored()?.id_token;
    sessionStorage.removeItem(KEPT);
    const end = await this.issuer().then(({ end_session_endpoint }) => end_session_endpoint, () => undefined);
    const { client_id } = this.config;
    location.assign(end === undefined ? "/" : withQuery(end, { client_id, post_logout_redirect_uri: location.origin, ...(hint === undefined ? {} : { id_token_hint: hint }) }));
  }

  private issuer(): Promise<Issuer> {
    this.found ??= this.discover().catch((error: unknown) => {
      this.found = null;
      throw error;
    });
    return this.found;
  }

  private async discover(): Promise<Issuer> {
    const response = await fetch(`${this.config.authority.replace(/\/$/, "")}/.well-known/openid-configuration`);
    if (!response.ok) throw new Problem(response.status, t("The sign-in service cannot be reached."));
    return (await response.json()) as Issuer;
  }

  private async tokens(grant: Readonly<Record<string, string>>): Promise<Tokens> {
    const { token_endpoint } = await this.issuer();
    const response = await fetch(token_endpoint, { method: "POST", body: new URLSearchParams({ client_id: this.config.client_id, ...grant }) });
    if (response.status === 429 || response.status >= 500) throw new Problem(response.status, t("The sign-in service cannot be reached."));
    const body = (await response.json()) as Tokens & { error?: string; error_description?: string };
    if (!response.ok) throw new Error(body.error_description ?? body.error ?? response.statusText);
    return body;
  }

  /** That the tokens are for this sign-in, and not for another or for somebody else. */
  private async check({ id_token = "" }: Tokens, nonce: string): Promise<void> {
    const { issuer } = await this.issuer();
    const claims = claimsOf(id_token);
    const audience = [claims.aud].flat();
    if (claims.nonce !== nonce || claims.iss !== issuer || !audience.includes(this.config.client_id)) throw strange();
  }

  private take({ access_token, refresh_token, id_token, expires_in }: Tokens): SignedInAs {
    const taken = { access_token, ...(refresh_token && { refresh_token }), ...(id_token && { id_token }), until: Date.now() + expires_in * 1000 };
    keep(KEPT, taken);
    return taken;
  }
}
