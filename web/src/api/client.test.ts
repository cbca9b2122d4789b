import { afterEach, describe, expect, test, vi } from "vitest";
import { authorizedFetch, createApi, unwrap } from "./client";
import { Problem } from "./problem";

afterEach(() => vi.unstubAllGlobals());

function answering(...responses: (() => Response)[]) {
  const tokens: (string | null)[] = [];
  vi.stubGlobal("fetch", (request: Request) => {
    tokens.push(request.headers.get("Authorization"));
    const next = responses.shift();
    return next === undefined ? Promise.reject(new TypeError("Failed to fetch")) : Promise.resolve(next());
  });
  return tokens;
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) => () =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });

describe("authorizedFetch", () => {
  test("renews a refused token once and sends the same body again", async () => {
    const tokens = answering(json(401, {}), json(200, { fine: true }));
    const send = authorizedFetch({ current: () => Promise.resolve("old"), renew: () => Promise.resolve("new") });
    const response = await send(new Request("https://app/api/x", { method: "POST", body: "{}" }));
    expect(response.status).toBe(200);
    expect(tokens).toEqual(["Bearer old", "Bearer new"]);
  });

  test("gives up when the sign-in has ended", async () => {
    answering(json(401, { detail: "Sign in." }));
    const send = authorizedFetch({ current: () => Promise.resolve("old"), renew: () => Promise.resolve(null) });
    expect((await send(new Request("https://app/api/x"))).status).toBe(401);
  });
});

describe("unwrap", () => {
  const api = createApi({ current: () => Promise.resolve("t"), renew: () => Promise.resolve(null) }, "https://app");

  test("turns a problem document into an error with its detail and fields", async () => {
    answering(json(422, { type: "urn:tagwerk:problem:invalid", detail: "name: too long", errors: [{ field: "name", reason: "too long" }] }));
    const error: unknown = await unwrap(api.GET("/api/projects")).catch((found: unknown) => found);
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ status: 422, message: "name: too long", kind: "invalid", fields: { name: "too long" } });
  });

  test("knows what is worth trying again", async () => {
    answering(json(503, { detail: "Busy" }, { "Retry-After": "3" }));
    const busy = (await unwrap(api.GET("/api/projects")).catch((found: unknown) => found)) as Problem;
    expect([busy.transient, busy.retryAfterMs]).toEqual([true, 3000]);
    const away = (await unwrap(api.GET("/api/projects")).catch((found: unknown) => found)) as Problem;
    expect([away.transient, away.status]).toEqual([true, 0]);
  });
});
