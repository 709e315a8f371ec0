import type { Control, Host, Setup } from "../protocol/realmInterface.ts";
import { installConsole } from "./bindings/installConsole.ts";
import { installKinde } from "./bindings/installKinde.ts";
import { installUtil } from "./bindings/installUtil.ts";
import { installCrashNames, patchFromEntries } from "./language/crashes.ts";
import { GoError } from "./language/goError.ts";
import { patchDate } from "./language/patchDate.ts";
import { patchJson } from "./language/patchJson.ts";
import { patchMath } from "./language/patchMath.ts";
import { patchNumbers } from "./language/patchNumbers.ts";
import { patchOwnKeys } from "./language/patchOwnKeys.ts";
import { patchPromise } from "./language/patchPromise.ts";
import { patchRegExp } from "./language/patchRegExp.ts";
import { patchStrings } from "./language/patchStrings.ts";
import { patchSymbol } from "./language/patchSymbol.ts";
import {
  defineProperty,
  hideSources,
  method,
  native,
  setPrototypeOf,
} from "./language/primordials.ts";
import { prune } from "./language/prune.ts";
import { makeControl } from "./makeControl.ts";
import { host, setup } from "./realmInput.ts";
import { makeUrl } from "./url/URL.ts";
import { urlSearchParams } from "./url/URLSearchParams.ts";

/**
 * Turns a new V8 context into a realm like Kinde's. This code runs inside that context, so all
 * objects that the workflow sees belong to the realm.
 */
function build(host: Host, setup: Setup): Control {
  const global = globalThis as unknown as Record<string, unknown>;
  hideSources();
  keepStacks();
  patchSymbol(global, setup.globals.Symbol?.statics ?? []);
  if (setup.usesDate) patchDate(global);
  patchJson();
  if (setup.usesMath) patchMath(global);
  patchNumbers();
  patchStrings();
  patchFromEntries(host);
  patchOwnKeys();
  patchPromise();
  if (setup.oddRegExp) patchRegExp(global);
  defineProperty(GoError, "name", { value: setup.goErrorName, configurable: true });
  method(global, "GoError", GoError);
  prune(global, setup.globals);
  const has = (binding: string): boolean => setup.bindings.includes(binding);
  if (has("console")) installConsole(global, host);
  if (has("util")) installUtil(global);
  if (has("url")) {
    global.URL = makeUrl((name) => host.toAscii(name));
    global.URLSearchParams = urlSearchParams();
  }
  if (setup.crashes) installCrashNames(global, host);
  installKinde(global, host, setup);
  installModules(global);
  return makeControl(global, setup.eventObject);
}

/**
 * Lets Error inherit `stackTraceLimit`, because Kinde's engine has no own member of this name.
 * Without any, V8 would record no stacks, and errors would have no line numbers.
 */
function keepStacks(): void {
  const parent = Object.create(Function.prototype) as object;
  defineProperty(parent, "stackTraceLimit", { value: 20, writable: true, configurable: true });
  setPrototypeOf(Error, parent);
}

/**
 * The bundle is a CommonJS module that sets `module.exports`. Every call of `require` throws.
 */
function installModules(global: Record<string, unknown>): void {
  global.module = { exports: {} };
  global.require = native("require", (name: unknown) => {
    throw new GoError(`Invalid module: '${name}'`);
  });
}

export default build(host, setup);
