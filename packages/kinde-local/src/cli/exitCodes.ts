export const ExitCode = {
  done: 0,
  /** The workflow failed, a check found an error, or kinde-local itself failed. */
  failed: 1,
  /** Wrong usage or wrong input. */
  usage: 2,
} as const;
