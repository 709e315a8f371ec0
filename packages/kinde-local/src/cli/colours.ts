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
 * Returns styles with colours only on a terminal, and never if NO_COLOR is set to anything
 * (no-color.org).
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
