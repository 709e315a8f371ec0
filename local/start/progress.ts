/** Says on stderr what is being done: in one line that changes, or line by line into a file. */
export function showProgress(stream: NodeJS.WriteStream = process.stderr) {
  const clear = stream.isTTY ? "\r\u001b[K" : "";
  return {
    step(text: string): void {
      stream.write(stream.isTTY ? `${clear}${text} …` : `${text} …\n`);
    },
    done(): void {
      stream.write(clear);
    },
  };
}
