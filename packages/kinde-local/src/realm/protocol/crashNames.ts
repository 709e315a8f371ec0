/** Names of four letters that no author would take. Reading one ends the run, as the engine ends. */
export const CRASH_NAMES = { this: "\u01ad\u0266is", eval: "\u0247val" } as const;
