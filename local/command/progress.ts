/** Reports on stderr what a command is doing. */
export interface ProgressReport {
  /** Prints the name of the step that begins, such as "Starting PostgreSQL". */
  step(text: string): void;
  /** Removes the line from a terminal. */
  done(): void;
}

/** Prints to a terminal one line that changes, and to a file one line for each step. */
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
