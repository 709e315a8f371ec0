// The globals of Kinde's workflow engine besides those of the language. Each exists only where
// `workflowSettings.bindings` declares it, which `kinde-local check` looks after.

/** What a native throws: Go's text as the message, which holds the whole URL of a fetch. */
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
  /** Does not follow a change of `searchParams`; `toString()` does. */
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

/** Binding `url`. Its iterators have `next` alone: `for (… of params)` works, `params.keys()` not. */
interface URLSearchParams {
  readonly size: number;
  append(name: string, value: string): void;
  delete(name: string, value?: string): void;
  entries(): KindeIterator<[string, string]>;
  /** Gives (name, value), the other way round than a browser. */
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

/** An iterator that cannot be iterated itself. */
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

/** Synchronous. There is no status and there are no headers; no answer is a GoError. */
interface KindeNativeFetch {
  (url: string, options: KindeNativeFetchOptions & { responseFormat: "text" }): { text: string };
  (url: string, options?: KindeNativeFetchOptions & { responseFormat?: "json" }): { json: unknown };
}

/** Each member exists where its binding, such as `kinde.fetch`, is declared. All are synchronous. */
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
  /** Comes with any other binding. */
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
