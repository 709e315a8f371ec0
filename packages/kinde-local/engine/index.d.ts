// The globals of Kinde's workflow engine besides those of the language. Each exists only if
// `workflowSettings.bindings` declares it. `kinde-local check` reports a missing declaration.

/**
 * Thrown by Kinde's own functions. The message is Go's text; that of a fetch contains the whole
 * URL.
 */
interface GoError extends Error {}
declare var GoError: {
  readonly prototype: GoError;
  new (message?: string): GoError;
  (message?: string): GoError;
};

/** Binding `console`. Each method returns its arguments. An Error is logged as `{}`. */
declare var console: {
  log(...values: unknown[]): unknown[];
  info(...values: unknown[]): unknown[];
  debug(...values: unknown[]): unknown[];
  warn(...values: unknown[]): unknown[];
  error(...values: unknown[]): unknown[];
};

/** Binding `util`: `%s`, `%d`, `%j` and `%%`. */
declare var util: { format(template: string, ...values: unknown[]): string };

/** Binding `url`. There is no `URL.canParse` and no `URL.parse`. */
interface URL {
  hash: string;
  host: string;
  hostname: string;
  /** A change of `searchParams` does not change `href`. The result of `toString()` does change. */
  href: string;
  /** Without the port. */
  readonly origin: string;
  password: string;
  pathname: string;
  port: string;
  protocol: string;
  search: string;
  readonly searchParams: URLSearchParams;
  username: string;
  toJSON(): string;
  toString(): string;
}
declare var URL: {
  readonly prototype: URL;
  new (url: string | URL, base?: string | URL): URL;
};

/**
 * Binding `url`. Its iterators have only `next`: `for (… of params)` works, and a loop over
 * `params.keys()` does not.
 */
interface URLSearchParams {
  readonly size: number;
  append(name: string, value: string): void;
  delete(name: string, value?: string): void;
  entries(): KindeIterator<[string, string]>;
  /**
   * Calls `callback` with the name first and the value second. In a browser the value comes first.
   */
  forEach(callback: (name: string, value: string, params: URLSearchParams) => void): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string, value?: string): boolean;
  keys(): KindeIterator<string>;
  set(name: string, value: string): void;
  sort(): void;
  /** A `+` is not escaped. */
  toString(): string;
  values(): KindeIterator<string>;
  [Symbol.iterator](): KindeIterator<[string, string]>;
}
declare var URLSearchParams: {
  readonly prototype: URLSearchParams;
  new (
    init?: string | URLSearchParams | Record<string, string> | Iterable<[string, string]>,
  ): URLSearchParams;
};

/** An iterator without `Symbol.iterator`, so `for (… of iterator)` does not work. */
interface KindeIterator<T> {
  next(): { value: T; done: false } | { value: undefined; done: true };
}

/** Custom claims of one token. */
interface KindeToken {
  setCustomClaim(name: string, value: unknown): void;
  getCustomClaims(): Record<string, unknown>;
}

interface KindeNativeFetchOptions {
  method?: "GET" | "POST" | "PUT" | "DELETE" | "PATCH";
  headers?: Record<string, string>;
  body?: string | URLSearchParams | object;
}

/** Synchronous. The result has no status and no headers. Without an answer it throws a GoError. */
interface KindeNativeFetch {
  (url: string, options: KindeNativeFetchOptions & { responseFormat: "text" }): { text: string };
  (url: string, options?: KindeNativeFetchOptions & { responseFormat?: "json" }): { json: unknown };
}

/**
 * Each member exists only if its binding, such as `kinde.fetch`, is declared. All are synchronous.
 */
declare var kinde: {
  readonly accessToken: KindeToken;
  readonly idToken: KindeToken;
  readonly m2mToken: KindeToken;
  readonly env: { get(key: string): { value: string; isSecret: boolean } | null | undefined };
  readonly fetch: KindeNativeFetch;
  readonly secureFetch: KindeNativeFetch;
  readonly auth: { denyAccess(reason: string): void };
  readonly mfa: { setEnforcementPolicy(policy: "required" | "skip"): void };
  readonly plan: {
    denySelection(message: string, reasons?: string[]): void;
    denyCancellation(message: string): void;
  };
  readonly widget: { invalidateFormField(field: string, message: string): void };
  readonly localization: { get(key: string): string | null };
  readonly ssoSession: { setPolicy(policy: unknown): void };
  /** Exists if any other `kinde.*` binding is declared. */
  readonly cache: {
    jwtToken(
      name: string,
      options: {
        validation?: Record<string, unknown>;
        onMissingOrExpired: () => string | Promise<string>;
      },
    ): string | Promise<string>;
  };
};
