/**
 * Names that no author uses, in the place of names that crash the engine. Each has the length of
 * the name that it replaces. Reading one ends the run, like a crash of the engine.
 */
export const CRASH_NAMES = { this: "\u01ad\u0266is", eval: "\u0247val" } as const;
