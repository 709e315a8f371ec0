import globals from "../../realm/globals.json" with { type: "json" };
import { askedNames } from "../asked.ts";
import { type Finding, finding } from "../Finding.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";

/** What to write for the globals that are missed most. */
const INSTEAD: Record<string, string> = {
  fetch: 'import { fetch } from "@kinde/infrastructure", and bindings: { "kinde.fetch": {} }',
  process:
    'getEnvironmentVariable("NAME")?.value of @kinde/infrastructure, and bindings: { "kinde.env": {} }',
  setTimeout: "nothing: there are no timers, and a run is over when its promise is settled",
  setInterval: "nothing: there are no timers",
  queueMicrotask: "Promise.resolve().then(…)",
  Buffer: "encodeURIComponent, or base64 of your own",
  atob: "a base64 decoder of your own",
  btoa: "a base64 encoder of your own",
  structuredClone: "JSON.parse(JSON.stringify(value))",
  Intl: "formatting of your own",
  crypto: "nothing of the engine: have a service do it",
  Headers: "a plain object of headers",
  AbortController: "nothing: kinde.fetch takes no signal",
  TextEncoder: "encodeURIComponent, or bytes of your own",
  TextDecoder: "decodeURIComponent, or a decoder of your own",
  WeakRef: "a plain reference",
};

/** Names that nothing declares and that the engine does not have. Those asked by `typeof` pass. */
export function checkGlobals({ analysis, at }: WorkflowSource): Finding[] {
  const asked = askedNames(analysis);
  const findings: Finding[] = [];
  for (const { name, node } of analysis.globals) {
    if (Object.hasOwn(globals.globals, name) || asked.has(name) || name === "kinde") continue;
    const place = at(node);
    if (!place) continue;
    const instead = Object.hasOwn(INSTEAD, name)
      ? (INSTEAD[name] as string)
      : "a name that you declare or import";
    const message = `${name} does not exist in Kinde's engine, and nothing here declares it.`;
    findings.push({ ...finding("absent-global", place, message, instead), subject: name });
  }
  return findings;
}
