import type { ExportProblem } from "../protocol/messages.ts";
import type { Control, Setup } from "../protocol/realmInterface.ts";
import { exportedType, MAP } from "./language/exportedType.ts";
import { GoError } from "./language/goError.ts";
import { goValue } from "./language/goMap.ts";
import {
  apply,
  NativePromise,
  native,
  parse,
  promiseThen,
  stringify,
} from "./language/primordials.ts";
import { toGoJson } from "./language/toGoJson.ts";

type Global = { module?: { exports?: Record<string, unknown> } };

export function makeControl(global: Global, eventObject: Setup["eventObject"]): Control {
  // The outcome is stored as JSON, because the workflow could change the functions that convert it.
  let outcome = '{"state":"pending"}';
  const fail = (thrown: unknown): void => {
    outcome = rejected(describe(thrown));
  };
  return {
    introspect() {
      const exported = global.module?.exports ?? {};
      const settings = exported.workflowSettings ?? null;
      const odd = settingsProblem(settings);
      const problem =
        odd === null ? defaultProblem(exported.default) : asProblem("SETTINGS_SHAPE", odd);
      const isMap = settings !== null && odd === null;
      const bindings = isMap ? strictJson((settings as { bindings?: unknown }).bindings) : "null";
      return `{"settings":${isMap ? toGoJson(settings, true) : "null"},"bindings":${stringify(bindings)},"problem":${problem}}`;
    },
    start(event) {
      const workflow = global.module?.exports?.default as (event: unknown) => unknown;
      let result: unknown;
      try {
        const data = parse(event);
        result = workflow(eventObject === "map" ? goValue(data) : data);
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

function settingsProblem(settings: unknown): string | null {
  const type = settings === null ? MAP : exportedType(settings);
  return type === MAP ? null : `interface conversion: interface {} is ${type}, not ${MAP}`;
}

/** The value as JSON, or null if Go cannot turn it into JSON. */
function strictJson(value: unknown): string | null {
  try {
    return toGoJson(value);
  } catch (error) {
    if (error instanceof GoError) return null;
    throw error;
  }
}

/** The ExportProblem as JSON, or "null" if the default export can be called. */
function defaultProblem(value: unknown): string {
  if (value === undefined || value === null)
    return asProblem("NO_DEFAULT_EXPORT", "no default export");
  if (typeof value === "function") return "null";
  return asProblem("NO_DEFAULT_EXPORT", "no default function exported");
}

function asProblem(code: ExportProblem["code"], text: string): string {
  return `{"code":"${code}","text":${stringify(text)}}`;
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

/**
 * Name, message and stack of a thrown value. For a plain object, the message is "[object Object]",
 * as at Kinde.
 */
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
    return { name: "", message: "a value that cannot be converted to a string", stack: "" };
  }
}
