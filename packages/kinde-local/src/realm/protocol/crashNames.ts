/**
 * Names of four letters that no author uses. Reading one ends the run, as a crash of the engine
 * does.
 */
export const CRASH_NAMES = { this: "\u01ad\u0266is", eval: "\u0247val" } as const;
