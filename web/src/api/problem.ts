import { t, told } from "../words/words";
/** A refusal of the API (RFC 9457), or the absence of any answer (status 0). */
export class Problem extends Error {
  readonly status: number;
  readonly fields: Readonly<Record<string, string>>;
  readonly retryAfterMs: number | null;
  /** What went wrong as one word for programs, such as `name-taken`. */
  readonly kind: string;
  /** Whatever else the API said of it. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(status: number, detail: string, fields: Record<string, string> = {}, retryAfterMs: number | null = null, kind = "", more: Record<string, unknown> = {}) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.fields = fields;
    this.retryAfterMs = retryAfterMs;
    this.kind = kind;
    this.more = more;
  }

  /** Worth sending again unchanged: nobody has judged the request yet. */
  get transient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

interface FieldError {
  field: string;
  message: string;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function fieldError(value: unknown): FieldError | null {
  if (!isRecord(value)) return null;
  const field = value.field;
  const message = value.reason ?? value.detail;
  return typeof field === "string" && typeof message === "string" ? { field, message } : null;
}

function fieldsOf(body: Record<string, unknown>): Record<string, string> {
  const errors = Array.isArray(body.errors) ? body.errors : [body];
  const found = errors.map(fieldError).filter((error) => error !== null);
  return Object.fromEntries(found.map(({ field, message }) => [field, message]));
}

export function problemFrom(response: Response, body: unknown): Problem {
  const record = isRecord(body) ? body : {};
  const detail = record.detail ?? record.title;
  const said = typeof detail === "string" ? detail : t("The server answered {status}.", { status: response.status });
  const retryAfter = Number(response.headers.get("Retry-After"));
  const kind = typeof record.type === "string" ? record.type.slice(record.type.lastIndexOf(":") + 1) : "";
  return new Problem(response.status, told(kind, said), fieldsOf(record), retryAfter > 0 ? retryAfter * 1000 : null, kind, record);
}

export function messageOf(error: unknown): string {
  if (error instanceof Problem && error.status === 0) return t("The server cannot be reached. Check your network connection.");
  return error instanceof Error ? error.message : t("Something went wrong.");
}
