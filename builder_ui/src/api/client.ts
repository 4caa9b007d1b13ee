import { currentLanguage, t } from "@/i18n";
import { ApiProblem } from "./problem";
import { session } from "./session";

export const API = "/api/v1";

type QueryValue = string | number | boolean | null | undefined;

export interface RequestOptions {
  query?: Record<string, QueryValue>;
  /** JSON body, or FormData for uploads. */
  body?: unknown;
  signal?: AbortSignal | undefined;
  /** Sent as `Idempotency-Key`: the same command sent twice is carried out once. */
  idempotencyKey?: string;
  /** A 401 is an answer here (sign-in), not the end of the session. */
  anonymous?: boolean;
}

function cookie(name: string): string {
  const pair = document.cookie.split("; ").find((entry) => entry.startsWith(`${name}=`));
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
}

function address(path: string, query: RequestOptions["query"]): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  }
  const tail = search.toString();
  return API + path + (tail ? `?${tail}` : "");
}

function init(method: string, { body, signal, idempotencyKey }: RequestOptions): RequestInit {
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Accept-Language": currentLanguage(),
  };
  if (method !== "GET") headers["X-CSRF-Token"] = cookie("dougong_csrf");
  if (idempotencyKey) headers["Idempotency-Key"] = idempotencyKey;
  const request: RequestInit = { method, headers, credentials: "same-origin" };
  if (signal) request.signal = signal;
  if (body instanceof FormData) request.body = body;
  else if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(body);
  }
  return request;
}

async function send(method: string, path: string, options: RequestOptions): Promise<Response> {
  try {
    return await fetch(address(path, options.query), init(method, options));
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiProblem(0, { code: "client.unreachable", detail: t("ui.unreachable") });
  }
}

async function body(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!text) return undefined;
  const type = response.headers.get("Content-Type") ?? "";
  return /json/.test(type) ? (JSON.parse(text) as unknown) : text;
}

async function failure(response: Response): Promise<ApiProblem> {
  const content = await body(response);
  const problem = typeof content === "object" && content !== null ? content : {};
  return new ApiProblem(response.status, { detail: t("ui.failed", { status: response.status }), ...problem });
}

/**
 * One call of the API. Throws ApiProblem for every answer that is not 2xx, except that an expired session
 * waits for the person to sign in again and then repeats the call.
 */
export async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  let response = await send(method, path, options);
  while (response.status === 401 && !options.anonymous) {
    await session.expired();
    response = await send(method, path, options);
  }
  if (!response.ok) throw await failure(response);
  return (await body(response)) as T;
}

export const api = {
  get: <T>(path: string, query?: RequestOptions["query"], signal?: AbortSignal) =>
    request<T>("GET", path, { ...(query ? { query } : {}), signal }),
  post: <T>(path: string, content?: unknown, query?: RequestOptions["query"]) =>
    request<T>("POST", path, { body: content, ...(query ? { query } : {}) }),
  put: <T>(path: string, content: unknown) => request<T>("PUT", path, { body: content }),
  patch: <T>(path: string, content: unknown) => request<T>("PATCH", path, { body: content }),
  delete: <T = void>(path: string, query?: RequestOptions["query"]) =>
    request<T>("DELETE", path, query ? { query } : {}),
};
