import type { Host, Setup } from "../../protocol/realmInterface.ts";
import { GoError } from "../language/goError.ts";
import { native, parse } from "../language/primordials.ts";
import { toGoJson } from "../language/toGoJson.ts";
import { makeFetch } from "./makeFetch.ts";

type Members = Record<string, unknown>;

/**
 * Installs `kinde`, with a member for each declared `kinde.*` binding, and with `cache`, which
 * needs no binding of its own. Without any such binding, `kinde` does not exist.
 */
export function installKinde(global: Members, host: Host, setup: Setup): void {
  const declared = setup.bindings.filter((name) => name.startsWith("kinde."));
  if (declared.length === 0) return;
  const natives = makeNatives(host, setup);
  const kinde: Members = { cache: { jwtToken: native("jwtToken", makeTokenCache()) } };
  for (const binding of declared) {
    const [, name = "", member] = binding.split(".");
    const value = natives[name]?.();
    if (value === undefined) continue;
    // The binding "kinde.accessToken.setCustomClaim" declares only this function of
    // `kinde.accessToken`.
    kinde[name] = member === undefined ? value : { [member]: (value as Members)[member] };
  }
  global.kinde = kinde;
}

function makeNatives(host: Host, setup: Setup): Record<string, () => unknown> {
  const effect = (name: string, ...values: unknown[]): void =>
    host.emit("effect", `{"name":"${name}","values":${toGoJson(values)}}`);
  return {
    accessToken: () => token("accessToken", host, setup),
    idToken: () => token("idToken", host, setup),
    m2mToken: () => token("m2mToken", host, setup),
    env: () => ({
      get: native("get", (key: unknown) => {
        const name = `${key}`;
        const found = Object.hasOwn(setup.env, name) ? setup.env[name] : undefined;
        if (found) return { value: found.value, isSecret: found.isSecret };
        return setup.missingVariable === "null" ? null : undefined;
      }),
    }),
    fetch: () => makeFetch("fetch", host),
    secureFetch: () => makeFetch("secureFetch", host),
    auth: () => ({ denyAccess: native("denyAccess", (reason) => effect("denyAccess", reason)) }),
    mfa: () => ({
      setEnforcementPolicy: native("setEnforcementPolicy", (policy) =>
        effect("setEnforcementPolicy", policy),
      ),
    }),
    plan: () => ({
      denySelection: native("denySelection", (message, reasons) =>
        effect("denySelection", message, reasons),
      ),
      denyCancellation: native("denyCancellation", (message) =>
        effect("denyCancellation", message),
      ),
    }),
    widget: () => ({
      invalidateFormField: native("invalidateFormField", (field, message) =>
        effect("invalidateFormField", field, message),
      ),
    }),
    localization: () => ({
      get: native("get", (key: unknown) =>
        Object.hasOwn(setup.localization, `${key}`) ? setup.localization[`${key}`] : null,
      ),
    }),
    ssoSession: () => ({
      setPolicy: native("setPolicy", (policy) => effect("setSsoSessionPolicy", policy)),
    }),
  };
}

/**
 * Claims are stored as JSON, because Go stores a copy: if the workflow changes the object later,
 * the claim stays the same.
 */
function token(name: string, host: Host, setup: Setup): Members {
  const claims = new Map<string, string>();
  const initial = parse(setup.claims[name] ?? "{}") as Record<string, unknown>;
  for (const key of Object.keys(initial)) claims.set(key, toGoJson(initial[key]));
  return {
    // The public runtime's own test functions throw these two errors.
    setCustomClaim: native("setCustomClaim", (...args: unknown[]) => {
      const [claim, value] = args;
      if (args.length < 2) throw new GoError("expected 2 arguments");
      if (typeof claim !== "string") throw new GoError("first argument must be string");
      const json = toGoJson(value);
      claims.set(claim, json);
      host.emit("claim", `{"token":"${name}","claim":${toGoJson(claim)},"value":${json}}`);
    }),
    getCustomClaims: native("getCustomClaims", () => {
      const copy: Record<string, unknown> = {};
      for (const [key, json] of claims) {
        // An assignment would not work for a claim with the name __proto__.
        Object.defineProperty(copy, key, {
          value: parse(json),
          writable: true,
          enumerable: true,
          configurable: true,
        });
      }
      return copy;
    }),
  };
}

/**
 * Each run starts with an empty cache, so in each run that needs a machine token, Kinde's package
 * requests one.
 */
function makeTokenCache(): (...args: unknown[]) => unknown {
  const tokens = new Map<string, unknown>();
  return (name: unknown, options: unknown) => {
    const key = `${name}`;
    const { onMissingOrExpired } = (options ?? {}) as { onMissingOrExpired?: () => unknown };
    if (!tokens.has(key)) tokens.set(key, onMissingOrExpired?.());
    return tokens.get(key);
  };
}
