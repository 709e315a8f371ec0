/** Writes one line. An error adds only its message: the rest can hold what a user typed. */
export function log(line: string, error?: unknown): void {
  if (error === undefined) return console.error(line);
  const reason = error instanceof Error ? error.message : typeof error;
  console.error(`${line} reason=${JSON.stringify(reason)}`);
}
