export const ExitCode = {
  done: 0,
  /** The workflow failed, or a check found an error. */
  failed: 1,
  /** Bad usage or bad input. */
  usage: 2,
} as const;
