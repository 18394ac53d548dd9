/** What the reader asks of the server that it comes from: nothing else can be reached, its page's policy sees to that. */
import type { AnnotationSet, Problem } from "../contract/types";

export type Reply<T> = { readonly ok: true; readonly value: T; readonly etag: string | null } | {
  readonly ok: false;
  /** Status, 0 when nothing came. */
  readonly status: number;
  readonly problem: Problem | null;
  readonly etag: string | null;
};

export interface Asked {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly body?: unknown;
  readonly ifMatch?: string;
}

/** The server is the page's own, so its answers have the contract's shape; that it is JSON is looked at. */
export async function ask<T>(path: string, { method = "GET", body, ifMatch }: Asked = {}): Promise<Reply<T>> {
  try {
    const response = await fetch(path, {
      method,
      headers: {
        Accept: "application/json",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(ifMatch === undefined ? {} : { "If-Match": ifMatch }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      credentials: "same-origin",
      redirect: "error",
    });
    const etag = response.headers.get("etag");
    const value: unknown = await response.json();
    if (response.ok) return { ok: true, value: value as T, etag };
    const problem = typeof value === "object" && value !== null && "type" in value ? (value as Problem) : null;
    return { ok: false, status: response.status, problem, etag };
  } catch {
    return { ok: false, status: 0, problem: null, etag: null };
  }
}

export function documentSet(id: string): Promise<Reply<AnnotationSet>> {
  return ask<AnnotationSet>(`/v1/documents/${id}`);
}
