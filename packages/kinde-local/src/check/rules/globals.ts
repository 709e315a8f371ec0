import globals from "../../realm/globals.json" with { type: "json" };
import { askedNames } from "../asked.ts";
import { type Finding, finding } from "../Finding.ts";
import type { WorkflowSource } from "../WorkflowSource.ts";

/** What to do instead of using a global. Only for the globals that authors use most often. */
const INSTEAD: Record<string, string> = {
  fetch:
    'Write `import { fetch } from "@kinde/infrastructure"`, pass { method, headers } as its second argument, and add "kinde.fetch": {} to the bindings.',
  process:
    'Use getEnvironmentVariable("NAME")?.value of @kinde/infrastructure, and add "kinde.env": {} to the bindings.',
  setTimeout: "Remove it: there are no timers, and a run is over when its promise is settled.",
  setInterval: "Remove it: there are no timers.",
  queueMicrotask: "Use Promise.resolve().then(…).",
  Buffer: "Use encodeURIComponent, or write your own base64 functions.",
  atob: "Write your own base64 decoder.",
  btoa: "Write your own base64 encoder.",
  structuredClone: "Use JSON.parse(JSON.stringify(value)).",
  Intl: "Write your own formatting.",
  crypto: "Call a service: the engine has no cryptography.",
  Headers: "Use a plain object.",
  AbortController: "Remove it: kinde.fetch does not accept a signal.",
  TextEncoder: "Use encodeURIComponent, or compute the bytes yourself.",
  TextDecoder: "Use decodeURIComponent, or write your own decoder.",
  WeakRef: "Use a plain reference.",
};

/** Finds names that neither the workflow nor the engine declares. `typeof x` checks are allowed. */
export function checkGlobals({ analysis, at }: WorkflowSource): Finding[] {
  const asked = askedNames(analysis);
  const findings: Finding[] = [];
  for (const { name, node } of analysis.globals) {
    if (Object.hasOwn(globals.globals, name) || asked.has(name) || name === "kinde") continue;
    const place = at(node);
    if (!place) continue;
    const instead = Object.hasOwn(INSTEAD, name)
      ? (INSTEAD[name] as string)
      : "Declare or import the name.";
    const message = `${name} does not exist in Kinde's engine, and the workflow does not declare it.`;
    findings.push({ ...finding("absent-global", place, message, instead), subject: name });
  }
  return findings;
}
