import { UserManager, WebStorageStateStore, type User } from "oidc-client-ts";
import type { Config } from "../api/types";

function managerFor(config: Config): UserManager {
  return new UserManager({
    authority: config.authority,
    client_id: config.client_id,
    scope: config.scope,
    redirect_uri: `${location.origin}/signed-in`,
    post_logout_redirect_uri: location.origin,
    response_type: "code",
    automaticSilentRenew: false,
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
  });
}

export interface Oidc {
  stored(): Promise<User | null>;
  renew(): Promise<User | null>;
  signIn(returnTo: string): Promise<void>;
  /** Ends the redirect back from the issuer; gives the address to go on to. */
  complete(): Promise<string>;
  signOut(): Promise<void>;
}

export function createOidc(config: Config): Oidc {
  const manager = managerFor(config);
  return {
    stored: () => manager.getUser(),
    renew: () => manager.signinSilent(),
    signIn: (returnTo) => manager.signinRedirect({ state: returnTo }),
    async complete() {
      const user = await manager.signinCallback();
      return typeof user?.state === "string" ? user.state : "/";
    },
    async signOut() {
      try {
        await manager.signoutRedirect();
      } catch {
        await manager.removeUser();
        location.assign("/");
      }
    },
  };
}
