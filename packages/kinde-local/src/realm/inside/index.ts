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
 * Turns a new V8 context into a realm like Kinde's. It runs inside that context, so everything the
 * workflow will see is made of the realm's own objects.
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
 * V8 records no stack when `Error.stackTraceLimit` is gone, and Kinde's engine has no such member.
 * So it is inherited: the member's list is right, and errors still know their line.
 */
function keepStacks(): void {
  const parent = Object.create(Function.prototype) as object;
  defineProperty(parent, "stackTraceLimit", { value: 20, writable: true, configurable: true });
  setPrototypeOf(Error, parent);
}

/** The bundle is CommonJS: it sets `module.exports`. Nothing can be required at run time. */
function installModules(global: Record<string, unknown>): void {
  global.module = { exports: {} };
  global.require = native("require", (name: unknown) => {
    throw new GoError(`Invalid module: '${name}'`);
  });
}

export default build(host, setup);
