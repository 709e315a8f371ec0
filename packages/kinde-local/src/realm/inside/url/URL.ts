import { asNative, defineProperty, method, native } from "../language/primordials.ts";
import { escapeFragment, escapeQuery, escapeRaw } from "./escapeUrl.ts";
import { type GoUrl, isSpecial, parseUrl, plainHost, port, printUrl, resolveUrl } from "./goUrl.ts";
import { type Pairs, parseQuery, writeQuery } from "./query.ts";
import { setHost, setPort } from "./setUrlPart.ts";
import { boundSearchParams, typeError } from "./URLSearchParams.ts";

interface State {
  url: GoUrl;
  /** The parameters of the query. Null until `searchParams` is read for the first time. */
  pairs: Pairs | null;
  params: object | null;
}

type Getter = (state: State) => unknown;
type Setter = (state: State, value: string) => void;

/**
 * The URL of the binding `url`. It behaves like Kinde's fork of goja_nodejs, which uses Go's
 * net/url: `origin` has no port, dot segments are kept (unless there is a base), a relative URL
 * without a base is a TypeError, and `href` does not show changes of `searchParams`.
 */
export function makeUrl(toAscii: (host: string) => string): unknown {
  const states = new WeakMap<object, State>();
  const URL = function URL(this: object, ...args: unknown[]): void {
    if (!new.target) throw new TypeError("Class constructor URL cannot be invoked without 'new'");
    const [text, base] = args;
    const url =
      base === undefined
        ? parseUrl(`${text}`, true, toAscii)
        : resolveUrl(parseUrl(`${base}`, true, toAscii), parseUrl(`${text}`, false, toAscii));
    states.set(this, { url, pairs: null, params: null });
  } as unknown as { prototype: object };

  const state = (self: unknown): State => {
    const found = typeof self === "object" && self !== null ? states.get(self) : undefined;
    if (!found) throw typeError("ERR_INVALID_THIS", 'Value of "this" must be of type URL');
    return found;
  };
  const accessor = (name: string, get: Getter, set?: Setter): void => {
    const descriptor: PropertyDescriptor = {
      get(this: unknown) {
        return get(state(this));
      },
      enumerable: true,
      configurable: false,
    };
    if (set) {
      descriptor.set = function (this: unknown, value: unknown) {
        set(state(this), `${value}`);
      };
    }
    defineProperty(URL.prototype, name, descriptor);
  };

  accessor(
    "href",
    ({ url }) => printUrl(url),
    (own, value) => {
      own.url = parseUrl(value, true, toAscii);
      if (own.pairs) own.pairs.splice(0, own.pairs.length, ...parseQuery(own.url.query));
    },
  );
  accessor(
    "protocol",
    ({ url }) => `${url.scheme}:`,
    ({ url }, value) => {
      const scheme = value.replace(/:.*$/s, "").toLowerCase();
      if (isSpecial(scheme) === isSpecial(url.scheme)) url.scheme = scheme;
    },
  );
  accessor(
    "host",
    ({ url }) => url.host,
    ({ url }, value) => setHost(url, value, toAscii),
  );
  accessor(
    "hostname",
    ({ url }) => url.host.split(":")[0],
    ({ url }, value) => {
      if (!value.includes(":")) setHost(url, value + (port(url) && `:${port(url)}`), toAscii);
    },
  );
  accessor(
    "port",
    ({ url }) => port(url),
    ({ url }, value) => setPort(url, value),
  );
  accessor("origin", ({ url }) => `${url.scheme}://${plainHost(url)}`);
  accessor(
    "pathname",
    ({ url }) => url.path,
    ({ url }, value) => {
      const isRooted = url.scheme !== "file" && isSpecial(url.scheme);
      url.path = escapeRaw(isRooted ? value.replace(/^\/?/, "/") : value);
    },
  );
  accessor(
    "search",
    (own) => {
      writeBack(own);
      return own.url.query && `?${own.url.query}`;
    },
    (own, value) => {
      // The engine does not remove a leading "?", so the URL then has two.
      own.url.query = escapeQuery(value);
      if (own.pairs) own.pairs.splice(0, own.pairs.length, ...parseQuery(own.url.query));
    },
  );
  accessor(
    "hash",
    ({ url }) => url.fragment && `#${url.fragment}`,
    ({ url }, value) => {
      url.fragment = escapeFragment(value.replace(/^#/, ""));
    },
  );
  accessor(
    "username",
    ({ url }) => url.user?.name ?? "",
    ({ url }, value) => {
      url.user = { name: value, password: url.user?.password ?? null };
    },
  );
  accessor(
    "password",
    ({ url }) => url.user?.password ?? "",
    ({ url }, value) => {
      url.user = { name: url.user?.name ?? "", password: value };
    },
  );
  accessor("searchParams", (own) => {
    own.pairs ??= parseQuery(own.url.query);
    own.params ??= boundSearchParams(own.pairs, () => {
      own.url.query = "";
    });
    return own.params;
  });
  for (const name of ["toString", "toJSON"]) {
    method(
      URL.prototype,
      name,
      native(name, function () {
        const own = state(this);
        writeBack(own);
        return printUrl(own.url);
      }),
    );
  }
  defineProperty(URL, "name", { value: "URL", configurable: true });
  return asNative(URL);
}

/**
 * Writes the parameters into the query. A change of `searchParams` empties the query. `search`,
 * `toString` and `toJSON` write it again, but `href` does not: directly after a change, `href` has
 * no query.
 */
function writeBack({ url, pairs }: State): void {
  if (pairs && pairs.length > 0 && url.query === "") url.query = writeQuery(pairs);
}
