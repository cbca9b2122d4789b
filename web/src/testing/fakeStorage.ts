/** Blob storage as far as uploads go: whole blobs, blocks, If-None-Match, and what goes wrong on the way. */
export class FakeStorage {
  readonly blobs = new Map<string, Blob>();
  readonly asked: string[] = [];
  /** What becomes of the next requests, in order; the rest are answered. A number is a status. */
  faults: ("cut" | "lost" | number)[] = [];
  /** Addresses signed before it are refused. */
  validFrom = 0;
  private signed = 0;
  private readonly blocks = new Map<string, Map<string, Blob>>();

  readonly sign = (paths: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    this.signed += 1;
    return Promise.resolve(new Map(paths.map((path) => [path, `https://storage/${path}?se=${this.signed}`])));
  };

  readonly fetch: typeof fetch = async (input, request = {}) => {
    await Promise.resolve();
    request.signal?.throwIfAborted();
    const url = new URL(input instanceof Request ? input.url : input);
    this.asked.push(`${url.pathname.slice(1)} ${url.searchParams.get("comp") ?? "whole"}`);
    const fault = this.faults.shift();
    if (fault === "cut") throw new TypeError("Failed to fetch");
    if (typeof fault === "number") return new Response(null, { status: fault, headers: { "Retry-After": "7" } });
    if (Number(url.searchParams.get("se")) < this.validFrom) return refusal(403, "AuthenticationFailed");
    const answer = await this.put(url, request);
    if (fault === "lost") throw new TypeError("Failed to fetch");
    return answer;
  };

  private async put(url: URL, { body, headers }: RequestInit): Promise<Response> {
    const path = url.pathname.slice(1);
    const content = new Blob([body as Blob | string]);
    const blocks = this.blocks.get(path) ?? new Map<string, Blob>();
    if (url.searchParams.get("comp") === "block") {
      this.blocks.set(path, blocks.set(url.searchParams.get("blockid") ?? "", content));
      return new Response(null, { status: 201 });
    }
    if (new Headers(headers).get("If-None-Match") === "*" && this.blobs.has(path)) return refusal(409, "BlobAlreadyExists");
    this.blobs.set(path, url.searchParams.get("comp") === "blocklist" ? listed(await content.text(), blocks) : content);
    return new Response(null, { status: 201 });
  }
}

function listed(list: string, blocks: ReadonlyMap<string, Blob>): Blob {
  return new Blob([...list.matchAll(/<Latest>(.*?)<\/Latest>/g)].map(([, id = ""]) => blocks.get(id) ?? "?"));
}

const refusal = (status: number, code: string) => new Response(null, { status, headers: { "x-ms-error-code": code } });
