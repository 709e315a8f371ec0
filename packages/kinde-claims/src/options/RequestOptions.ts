/** How requests are sent. */
export interface RequestOptions {
  /** How long one request may take, in milliseconds. 5,000 unless given. */
  readonly timeoutMs?: number | undefined;
  /** Sends the requests. The global `fetch` unless given. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

export const DEFAULT_TIMEOUT_MS = 5_000;
