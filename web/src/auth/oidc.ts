import * as oauth from "oauth4webapi";
import { Problem } from "../api/problem";
import type { Config } from "../api/types";
import { t } from "../words/words";
import { keep, KEPT, read, stored, type SignedInAs } from "./stored";

/** What was asked for, until the issuer answers. */
interface Asked {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
}

const ASKED = "tagwerk.sign-in";
const BACK = "/signed-in";
const LOOPBACK = new Set(["127.0.0.1", "localhost"]);

function withQuery(address: string, query: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

const strange = () => new Error(t("The answer of the sign-in service does not belong to this sign-in."));

/** The issuer of `make run` has no TLS, and never leaves the machine. */
function transport(authority: string) {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- loopback alone
  return { [oauth.allowInsecureRequests]: LOOPBACK.has(new URL(authority).hostname) };
}

/** Signing in with OpenID Connect: an authorization code with PKCE, renewed by a refresh token. */
export class Oidc {
  private found: Promise<oauth.AuthorizationServer> | null = null;
  private readonly client: oauth.Client;
  private readonly options: ReturnType<typeof transport>;

  constructor(private readonly config: Config) {
    this.client = { client_id: config.client_id };
    this.options = transport(config.authority);
  }

  async signIn(returnTo: string): Promise<void> {
    const { authorization_endpoint: page = "" } = await this.issuer();
    const asked = { state: oauth.generateRandomState(), nonce: oauth.generateRandomNonce(), verifier: oauth.generateRandomCodeVerifier(), returnTo };
    keep(ASKED, asked);
    const { client_id, scope } = this.config;
    const code = { response_type: "code", code_challenge: await oauth.calculatePKCECodeChallenge(asked.verifier), code_challenge_method: "S256" };
    location.assign(withQuery(page, { client_id, scope, redirect_uri: location.origin + BACK, state: asked.state, nonce: asked.nonce, ...code }));
  }

  /** Ends the redirect back from the issuer; gives the address to go on to. */
  async complete(): Promise<string> {
    const asked = read(ASKED) as Asked | null;
    sessionStorage.removeItem(ASKED);
    if (asked === null) throw strange();
    const issuer = await this.issuer();
    const answer = told(() => oauth.validateAuthResponse(issuer, this.client, new URLSearchParams(location.search), asked.state));
    const response = await oauth.authorizationCodeGrantRequest(issuer, this.client, oauth.None(), answer, location.origin + BACK, asked.verifier, this.options);
    const given = oauth.processAuthorizationCodeResponse(issuer, this.client, checked(response), { expectedNonce: asked.nonce, requireIdToken: true });
    this.take(await given.catch(retell));
    return asked.returnTo;
  }

  /** Null where the issuer renews nothing. */
  async renew(): Promise<SignedInAs | null> {
    const before = stored();
    if (before?.refresh_token === undefined) return null;
    const issuer = await this.issuer();
    const options = { ...this.options, additionalParameters: { scope: this.config.scope } };
    const response = await oauth.refreshTokenGrantRequest(issuer, this.client, oauth.None(), before.refresh_token, options);
    const given = await oauth.processRefreshTokenResponse(issuer, this.client, checked(response)).catch(retell);
    return this.take(given, before);
  }

  async signOut(): Promise<void> {
    const hint = stored()?.id_token;
    sessionStorage.removeItem(KEPT);
    const end = await this.issuer().then(({ end_session_endpoint }) => end_session_endpoint, () => undefined);
    const { client_id } = this.config;
    location.assign(end === undefined ? "/" : withQuery(end, { client_id, post_logout_redirect_uri: location.origin, ...(hint === undefined ? {} : { id_token_hint: hint }) }));
  }

  private issuer(): Promise<oauth.AuthorizationServer> {
    this.found ??= this.discover().catch((error: unknown) => {
      this.found = null;
      throw error;
    });
    return this.found;
  }

  private async discover(): Promise<oauth.AuthorizationServer> {
    const authority = new URL(this.config.authority);
    const response = await oauth.discoveryRequest(authority, this.options);
    if (!response.ok) throw unreachable(response);
    return await oauth.processDiscoveryResponse(authority, response);
  }

  /** Keeps what was given; what was not is as it was `before`. */
  private take(given: oauth.TokenEndpointResponse, before?: SignedInAs): SignedInAs {
    const refresh_token = given.refresh_token ?? before?.refresh_token;
    const id_token = given.id_token ?? before?.id_token;
    const until = Date.now() + (given.expires_in ?? 0) * 1000;
    const taken = { access_token: given.access_token, ...(refresh_token && { refresh_token }), ...(id_token && { id_token }), until };
    keep(KEPT, taken);
    return taken;
  }
}

const unreachable = ({ status }: Response) => new Problem(status, t("The sign-in service cannot be reached."));

/** Raises a Problem that passes when the issuer is busy or away. */
function checked(response: Response): Response {
  if (response.status === 429 || response.status >= 500) throw unreachable(response);
  return response;
}

/** What the issuer says of a refusal is told; what does not fit this sign-in is strange. */
function retell(error: unknown): never {
  if (error instanceof oauth.ResponseBodyError || error instanceof oauth.AuthorizationResponseError) throw new Error(error.error_description ?? error.error);
  throw error instanceof oauth.OperationProcessingError ? strange() : error;
}

function told<T>(answer: () => T): T {
  try {
    return answer();
  } catch (error) {
    return retell(error);
  }
}
