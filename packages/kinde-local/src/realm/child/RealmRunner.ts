import { domainToASCII } from "node:url";
import { types } from "node:util";
import vm from "node:vm";
import type { Introspected, Job, Outcome, ThrownError } from "../protocol/messages.ts";
import type { Control } from "../protocol/realmInterface.ts";

/** The functions with which a realm communicates with its process. */
export interface Bridge {
  /** Called when the realm is ready, just before the workflow's code begins. */
  begin(): void;
  emit(kind: string, json: string): void;
  crash(what: string, stack: string): never;
  fetch(request: string): string;
}

const START = new vm.Script("__start()");
/**
 * Pauses once before the workflow is called. By then, the debugger has loaded the workflow's source
 * code, so that breakpoints can be set.
 */
const START_INSPECTED = new vm.Script("debugger; __start()", { filename: "kinde-local:start" });

interface Realm {
  setup: string;
  context: vm.Context;
  control: Control;
}

/**
 * Runs jobs, each in a new realm. It keeps compiled programs, so that a program is usually compiled
 * only once, as at Kinde.
 */
export class RealmRunner {
  /** A realm that is prepared for the next run. It is used at most once. */
  #spare: Realm | null = null;
  readonly #inside: vm.Script;
  readonly #programs = new Map<string, vm.Script>();
  readonly #bridge: Bridge;

  constructor(insideCode: string, bridge: Bridge) {
    this.#inside = new vm.Script(insideCode, { filename: "kinde-local:realm" });
    this.#bridge = bridge;
  }

  run(job: Job): Outcome {
    const { context: realm, control } = this.#takeRealm(job.setup);
    this.#bridge.begin();
    const deadline = performance.now() + job.timeMs;
    let inProgram = true;
    try {
      this.#program(job).runInContext(realm, timeLimit(job, deadline));
      inProgram = false;
      if (job.kind === "introspect") {
        return { state: "introspected", ...(JSON.parse(control.introspect()) as Introspected) };
      }
      offer(realm, "__start", () => control.start(job.event));
      (job.inspect ? START_INSPECTED : START).runInContext(realm, timeLimit(job, deadline));
      return JSON.parse(control.outcome()) as Outcome;
    } catch (error) {
      if (isTimeout(error)) return { state: "timeout" };
      const isBroken = inProgram || job.kind === "introspect";
      return { state: isBroken ? "broken" : "rejected", error: readError(error) };
    }
  }

  /**
   * Prepares the realm of the next run while no run waits for it, because creating a realm takes
   * most of a run's time.
   */
  prepare(setup: string): void {
    this.#spare = this.#makeRealm(setup);
  }

  #takeRealm(setup: string): Realm {
    const spare = this.#spare;
    this.#spare = null;
    return spare?.setup === setup ? spare : this.#makeRealm(setup);
  }

  #makeRealm(setup: string): Realm {
    const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, {
      microtaskMode: "afterEvaluate",
      codeGeneration: { strings: true, wasm: false },
    }) as vm.Context;
    const host = { ...this.#bridge, toAscii: domainToASCII, isProxy: types.isProxy };
    offer(context, "__kindeLocal", { host, setup });
    return { setup, context, control: this.#inside.runInContext(context) as Control };
  }

  #program({ code, hash, filename }: Job): vm.Script {
    const known = this.#programs.get(hash);
    if (known) return known;
    if (this.#programs.size > 50) this.#programs.clear();
    const program = new vm.Script(code, { filename });
    this.#programs.set(hash, program);
    return program;
  }
}

/** Adds a global that is deleted when it is read. */
function offer(realm: vm.Context, name: string, value: unknown): void {
  Object.defineProperty(realm, name, {
    get() {
      delete realm[name];
      return value;
    },
    configurable: true,
  });
}

function timeLimit({ timeMs }: Job, deadline: number): vm.RunningScriptOptions {
  if (timeMs === 0) return {};
  return { timeout: Math.max(1, Math.ceil(deadline - performance.now())) };
}

function isTimeout(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}

/**
 * Reads an error of the realm. Only strings can be trusted there, so every member is converted to a
 * string.
 */
function readError(error: unknown): ThrownError {
  try {
    const { name, message, stack } = error as Partial<Error>;
    if (typeof error === "object" && error !== null && message !== undefined) {
      return { name: `${name}`, message: `${message}`, stack: `${stack ?? ""}` };
    }
    return { name: "", message: String(error), stack: "" };
  } catch {
    return { name: "", message: "a value that cannot be converted to a string", stack: "" };
  }
}
