/** Reports on stderr what a command is doing. */
export interface ProgressReport {
  /** Says what begins now, such as "Starting PostgreSQL". */
  step(text: string): void;
  /** Removes the line from a terminal. */
  done(): void;
}

/** On a terminal one line that changes; in a file one line for each step. */
export function showProgress(stream: NodeJS.WriteStream = process.stderr): ProgressReport {
  const clear = stream.isTTY ? "\r\u001b[K" : "";
  return {
    step(text) {
      stream.write(stream.isTTY ? `${clear}${text} …` : `${text} …\n`);
    },
    done() {
      stream.write(clear);
    },
  };
}
