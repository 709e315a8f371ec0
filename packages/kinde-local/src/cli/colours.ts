import { styleText } from "node:util";

/** The styles of the output. Without colours they return plain text. */
export interface Colours {
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
  dim(text: string): string;
  bold(text: string): string;
}

/**
 * Returns styles that use colours only on a terminal. They use none if NO_COLOR is set and not
 * empty (no-color.org), or if TERM is "dumb".
 */
export function coloursFor(stream: NodeJS.WriteStream): Colours {
  const wanted = stream.isTTY && !process.env.NO_COLOR && process.env.TERM !== "dumb";
  const style = (format: keyof Colours) => (text: string) =>
    wanted ? styleText(format, text, { validateStream: false }) : text;
  return {
    red: style("red"),
    yellow: style("yellow"),
    green: style("green"),
    dim: style("dim"),
    bold: style("bold"),
  };
}
