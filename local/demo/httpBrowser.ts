/** The parts of a browser that sign-ins and forms need: cookies, redirects, forms. */
export interface HttpBrowser {
  /** The current page. */
  readonly page: Page;
  /** The value of a cookie for a site. */
  cookie(url: string, name: string): string | undefined;
  /** All cookies for a site, by name. */
  cookies(url: string): ReadonlyMap<string, string>;
  setCookie(url: string, name: string, value: string): void;
  /** The page after all redirects. */
  open(url: string): Promise<Page>;
  /** Posts to `action`: all hidden fields of the current page, and `fields`. */
  submit(action: string, fields: Record<string, string>): Promise<Page>;
}

export interface Page {
  readonly url: string;
  readonly status: number;
  readonly body: string;
  /** How often a redirect was followed. */
  readonly redirects: number;
}

const MAX_REDIRECTS = 20;

/** @param options.stopAt the browser does not fetch an address that begins with this: it stops */
export function createHttpBrowser({ stopAt }: { stopAt?: string } = {}): HttpBrowser {
  /** Cookies by host and port. A real browser shares them among ports; nothing here needs that. */
  const jars = new Map<string, Map<string, string>>();
  let current: Page = { url: "about:blank", status: 0, body: "", redirects: 0 };

  async function go(start: string, init: RequestInit = {}): Promise<Page> {
    let url = start;
    let request = init;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      if (stopAt !== undefined && url.startsWith(stopAt)) {
        current = { url, status: 0, body: "", redirects };
        return current;
      }
      const { host } = new URL(url);
      const jar = jars.get(host) ?? new Map<string, string>();
      jars.set(host, jar);
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
      const response = await fetch(url, {
        ...request,
        redirect: "manual",
        headers: { cookie, accept: "text/html" },
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value) jar.set(name, value);
        else jar.delete(name);
      }
      const location = response.headers.get("location");
      if (location === null) {
        current = { url, status: response.status, body: await response.text(), redirects };
        return current;
      }
      await response.body?.cancel();
      url = new URL(location, url).href;
      request = {};
    }
    throw new Error(`${start} led to more than ${MAX_REDIRECTS} redirects, the last to ${url}`);
  }

  return {
    get page() {
      return current;
    },
    cookie: (url, name) => jars.get(new URL(url).host)?.get(name),
    cookies: (url) => new Map(jars.get(new URL(url).host)),
    setCookie: (url, name, value) => void jars.get(new URL(url).host)?.set(name, value),
    open: (url) => go(url),
    submit(action, fields) {
      const body = new URLSearchParams();
      for (const [, name = "", value = ""] of current.body.matchAll(
        /<input type="hidden" name="([^"]+)" value="([^"]*)"/g,
      )) {
        body.set(name, value);
      }
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      return go(new URL(action, current.url).href, { method: "POST", body });
    },
  };
}

/** Creates an account at the local Kinde and returns to the app. */
export async function register(browser: HttpBrowser, appUrl: string, email: string): Promise<Page> {
  const page = await browser.open(`${appUrl}/register`);
  const { pathname } = new URL(page.url);
  return browser.submit(pathname, { given_name: "Mary", family_name: "Jackson", email });
}

/** Signs an existing user in. */
export async function signIn(browser: HttpBrowser, url: string, userId: string): Promise<Page> {
  const page = await browser.open(url);
  return browser.submit(new URL(page.url).pathname, { user: userId });
}
