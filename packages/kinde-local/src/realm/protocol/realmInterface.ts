/**
 * What the process offers to the realm. Only primitives cross: an object made outside would have
 * foreign prototypes, so `instanceof` would tell it apart from Kinde's.
 */
export interface Host {
  /** Adds an entry to the run's journal; `json` is the entry's value. */
  emit(kind: string, json: string): void;
  /** Ends the run and its process, as a crash of the engine does. `stack` shows the place. */
  crash(what: string, stack: string): never;
  /** Blocks until the answer is there. Takes and gives JSON text. */
  fetch(request: string): string;
  /** Punycode of a host name; empty when it has none. */
  toAscii(host: string): string;
  /** The one value that goes out: nothing inside a realm can tell a proxy. */
  isProxy(value: unknown): boolean;
}

export interface Setup {
  bindings: string[];
  env: Record<string, { value: string; isSecret: boolean }>;
  claims: Record<string, string>;
  localization: Record<string, string>;
  missingVariable: "null" | "undefined";
  eventObject: "map" | "copy";
  /** The bundle holds names of `CRASH_NAMES`. */
  crashes: boolean;
  /** What the constructor of natives' errors calls itself. */
  goErrorName: string;
  /** The bundle may use these two, which take time to replace. */
  usesDate: boolean;
  usesMath: boolean;
  /** The bundle uses what the engine's regular expressions get wrong. */
  oddRegExp: boolean;
  globals: Record<string, { binding?: string; statics?: string[]; prototype?: string[] }>;
}

/** The functions of the realm that the process calls. Each returns JSON text. */
export interface Control {
  /**
   * Returns `workflowSettings`, the JSON text of its bindings, and why the exports cannot be used.
   * Without bindings, their text is null.
   */
  introspect(): string;
  /** Calls the default export with the event; the outcome is there when all jobs have run. */
  start(event: string): void;
  outcome(): string;
}
