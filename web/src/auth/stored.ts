/** What the issuer gave, for this tab alone. Times are in milliseconds. */
export interface SignedInAs {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
  readonly until: number;
}

export const KEPT = "tagwerk.signed-in";

export const read = (key: string): unknown => JSON.parse(sessionStorage.getItem(key) ?? "null");
export const keep = (key: string, value: object) => sessionStorage.setItem(key, JSON.stringify(value));

export const stored = () => read(KEPT) as SignedInAs | null;
