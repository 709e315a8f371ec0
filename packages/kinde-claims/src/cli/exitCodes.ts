export const EXIT = {
  done: 0,
  /** With `--once`: changes are left, for example because Kinde could not be reached. */
  failed: 1,
  /** The command line or a setting cannot be used. */
  usage: 2,
} as const;
