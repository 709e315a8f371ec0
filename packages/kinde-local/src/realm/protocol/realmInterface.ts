/**
 * The functions that the process provides to the realm. Their arguments and results are primitives:
 * an object of the process has another prototype than the realm's objects, so `instanceof` in a
 * workflow would have another result than at Kinde.
 */
export interface Host {
  /** Adds an entry to the run's journal, the list of what happened. `json` is the entry's value. */
  emit(kind: string, json: string): void;
  /** Ends the run and its process, like a crash of the engine. `stack` shows where it happened. */
  crash(what: string, stack: string): never;
  /** Blocks until the answer has arrived. Argument and result are JSON. */
  fetch(request: string): string;
  /** Converts a host name to Punycode. Returns an empty string if that is impossible. */
  toAscii(host: string): string;
  /**
   * Whether a value is a proxy. It is the only function that receives an object of the realm,
   * because code in a realm cannot recognize a proxy.
   */
  isProxy(value: unknown): boolean;
}

export interface Setup {
  bindings: string[];
  env: Record<string, { value: string; isSecret: boolean }>;
  claims: Record<string, string>;
  localization: Record<string, string>;
  missingVariable: "null" | "undefined";
  eventObject: "map" | "copy";
  /** Whether the bundle contains names of `CRASH_NAMES`. */
  crashes: boolean;
  /** The name of the constructor of errors that Kinde's Go functions throw. */
  goErrorName: string;
  /**
   * Whether the bundle may use Date or Math. Replacing them takes time, so it is done only if
   * needed.
   */
  usesDate: boolean;
  usesMath: boolean;
  /** Whether the bundle has regular expressions that the engine may match differently. */
  oddRegExp: boolean;
  globals: Record<string, { binding?: string; statics?: string[]; prototype?: string[] }>;
}

/** The functions of the realm that the process calls. Those that return a value return JSON. */
export interface Control {
  /**
   * Returns `workflowSettings`, its bindings as a JSON string, and the reason why the exports
   * cannot be used. If the bindings cannot be written as JSON, the string is null.
   */
  introspect(): string;
  /**
   * Calls the default export with the event. `outcome` returns the result after all promise jobs
   * have run.
   */
  start(event: string): void;
  outcome(): string;
}
