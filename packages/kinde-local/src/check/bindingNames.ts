/** Every binding that a workflow can declare. `kinde.cache` needs no binding of its own. */
export const BINDINGS = [
  "console",
  "url",
  "util",
  "module",
  ...[
    "accessToken",
    "idToken",
    "m2mToken",
    "env",
    "fetch",
    "secureFetch",
    "auth",
    "mfa",
    "plan",
  ].map((name) => `kinde.${name}`),
  ...["widget", "localization", "ssoSession"].map((name) => `kinde.${name}`),
];

/** The globals that exist only with a binding, and the name of this binding. */
export const BROUGHT_BY: Record<string, string> = {
  console: "console",
  URL: "url",
  URLSearchParams: "url",
  util: "util",
};
