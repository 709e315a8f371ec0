/** Tells on stderr what is being done: stdout belongs to the result. */
export type Progress = (text: string) => void;

const CLEAR_LINE = "\r\u001b[2K";

/** On a terminal one line that changes, elsewhere a line a step. */
export function progressTo(stream: NodeJS.WriteStream): Progress & { done(): void } {
  const write: Progress = (text) => {
    stream.write(stream.isTTY ? `${CLEAR_LINE}${text} …` : `${text} …\n`);
  };
  return Object.assign(write, {
    done: () => {
      if (stream.isTTY) stream.write(CLEAR_LINE);
    },
  });
}
