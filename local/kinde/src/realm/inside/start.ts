import { apply, NativePromise, native, parse, promiseThen, stringify } from "./primordials.ts";
import { toGoJson } from "./toGoJson.ts";

type Global = { module?: { exports?: Record<string, unknown> } };

/** What the process may ask of the realm. Each gives JSON text. */
export interface Control {
  /** `workflowSettings`, and why the default export cannot be called, if it cannot. */
  introspect(): string;
  /** Calls the default export with the event; the outcome is there when all jobs have run. */
  start(event: string): void;
  outcome(): string;
}

export function makeControl(global: Global): Control {
  // JSON text, made at once: later nothing of the workflow's may have a say in it.
  let outcome = '{"state":"pending"}';
  const fail = (thrown: unknown): void => {
    outcome = rejected(describe(thrown));
  };
  return {
    introspect() {
      const exported = global.module?.exports ?? {};
      const settings = exported.workflowSettings;
      const problem = defaultProblem(exported.default);
      return `{"settings":${settings === undefined ? "null" : toGoJson(settings, true)},"problem":${stringify(problem)}}`;
    },
    start(event) {
      const workflow = global.module?.exports?.default as (event: unknown) => unknown;
      let result: unknown;
      try {
        result = workflow(parse(event));
      } catch (thrown) {
        return fail(thrown);
      }
      if (!(result instanceof NativePromise)) {
        outcome = rejected(notAPromise(result));
        return;
      }
      const fulfilled = native("", () => {
        outcome = '{"state":"fulfilled"}';
      });
      apply(promiseThen, result, [fulfilled, fail]);
    },
    outcome: () => outcome,
  };
}

function defaultProblem(value: unknown): string | null {
  if (value === undefined || value === null) return "no default export";
  return typeof value === "function" ? null : "no default function exported";
}

function rejected({ name, message, stack }: Thrown): string {
  return `{"state":"rejected","error":{"name":${stringify(name)},"message":${stringify(message)},"stack":${stringify(stack)}}}`;
}

interface Thrown {
  name: string;
  message: string;
  stack: string;
}

function notAPromise(value: unknown): Thrown {
  const type = value === undefined || value === null ? "nil" : `a ${typeof value}`;
  return {
    name: "GoPanic",
    message: `interface conversion: interface {} is ${type}, not *goja.Promise`,
    stack: "",
  };
}

/** A thrown value in words. A plain object has only "[object Object]" to say, as at Kinde. */
function describe(thrown: unknown): Thrown {
  try {
    if (thrown instanceof Error) {
      return {
        name: String(thrown.name),
        message: String(thrown.message),
        stack: String((thrown as { stack?: unknown }).stack ?? ""),
      };
    }
    return { name: "", message: String(thrown), stack: "" };
  } catch {
    return { name: "", message: "a value that cannot be turned into text", stack: "" };
  }
}
