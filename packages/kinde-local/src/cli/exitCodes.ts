export const ExitCode = {
  done: 0,
  /** The workflow failed, or a check found an error. */
  failed: 1,
  /** Wrong usage or wrong input. */
  usage: 2,
} as const;
