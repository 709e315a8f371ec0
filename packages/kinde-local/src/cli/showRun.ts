import type { Finding } from "../check/Finding.ts";
import type { JsonObject, Run, TokenClaims, TokenName } from "../types.ts";
import { visible } from "../visible.ts";
import { codeFrame, showPlace } from "./codeFrame.ts";
import type { Colours } from "./colours.ts";
import { maskIds } from "./maskIds.ts";
import { shorten } from "./shorten.ts";
import { effectLines } from "./showEffects.ts";
import { verdictLine } from "./showVerdict.ts";

/**
 * Renders a run for people: claims before and after, log lines, fetches, other decisions, the
 * error, and what the result means for the user, with the time.
 */
export function runAsText(
  run: Run,
  before: TokenClaims,
  reasons: readonly Finding[],
  colours: Colours,
): string {
  const { workflow } = run;
  const title = `${colours.bold(visible(workflow.id, " ") || "(no id)")}  ${visible(workflow.trigger, " ")}  ${colours.dim(showPlace({ file: workflow.file, line: null, column: null }))}`;
  const parts = [
    claimLines(run.claims, before, colours),
    run.logs.length > 0 ? ["log", ...logLines(run, colours)] : [],
    run.fetches.length > 0 ? ["fetches", ...fetchLines(run)] : [],
    effectLines(run),
    errorLines(run, reasons, colours),
    [verdictLine(run, colours)],
  ];
  return `${[[title], ...parts]
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n"))
    .join("\n\n")}\n`;
}

const TOKENS: TokenName[] = ["accessToken", "idToken", "m2mToken"];

function claimLines(after: TokenClaims, before: TokenClaims, colours: Colours): string[] {
  const rows = TOKENS.flatMap((token) => tokenRows(token, after[token], before[token]));
  if (rows.length === 0) return ["claims", "  none were set"];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    "claims",
    ...rows.map(([name, old, now]) => {
      const change = old === now ? colours.dim(now) : `${colours.dim(old)} → ${colours.green(now)}`;
      return `  ${name.padEnd(width)}  ${change}`;
    }),
  ];
}

function tokenRows(
  token: TokenName,
  after: JsonObject,
  before: JsonObject,
): [string, string, string][] {
  const show = (claims: JsonObject, name: string): string =>
    Object.hasOwn(claims, name) ? visible(shorten(JSON.stringify(claims[name]))) : "(none)";
  return Object.keys({ ...before, ...after }).map((name) => [
    `${token}.${visible(name, " ")}`,
    show(before, name),
    show(after, name),
  ]);
}

function logLines({ logs }: Run, colours: Colours): string[] {
  const paint = {
    error: colours.red,
    warn: colours.yellow,
    info: (text: string) => text,
    debug: colours.dim,
  };
  return logs.map(({ level, arguments: args }) => {
    const text = args.map((arg) => (typeof arg === "string" ? arg : JSON.stringify(arg))).join(" ");
    return `  ${paint[level](level.padEnd(5))}  ${visible(shorten(text, 2_000), " ".repeat(9))}`;
  });
}

function fetchLines({ fetches }: Run): string[] {
  return fetches.map(({ method, url, status, ms, error, answeredBy }) => {
    const outcome = status === null ? "no answer" : `${status}`;
    // The message of the error repeats the URL, so only its end is shown.
    const why = error === undefined ? "" : `  ${error.slice(error.indexOf('": ') + 3)}`;
    const request = visible(maskIds(`${method} ${shorten(url, 300)}`));
    const source = answeredBy === undefined ? "" : `  ${SOURCES[answeredBy]}`;
    return `  ${request}  ${outcome}  ${Math.round(ms)} ms${source}${visible(maskIds(why))}`;
  });
}

const SOURCES = {
  answers: "(your answer)",
  kindeApi: "(the imitation of Kinde's API)",
  replay: "(the recording)",
};

function errorLines(
  { error, stage }: Run,
  reasons: readonly Finding[],
  colours: Colours,
): string[] {
  if (!error) return [];
  const where = { bundle: "in bundling", introspect: "in reading the settings", run: "in the run" }[
    stage
  ];
  const name = error.name === "" ? "" : `${error.name}: `;
  const instead = error.instead === null ? "" : ` ${error.instead}`;
  return [
    `${colours.red("error")} ${where}  ${colours.bold(showPlace(error))}`,
    `  ${visible(maskIds(name + error.message + instead))}`,
    ...codeFrame(error, colours).map((row) => `  ${row}`),
    ...reasons.flatMap(({ rule, message, instead }) => [
      `  ${colours.yellow("why")} ${colours.dim(rule)}  ${visible(message)}`,
      `  Fix: ${visible(instead)}`,
    ]),
  ];
}
