import { Command, InvalidArgumentError, Option } from "commander";
import type { Finding } from "../check/Finding.ts";
import { createKinde, type Kinde } from "../createKinde.ts";
import { projectFolder } from "../project/projectFolder.ts";
import { redactor } from "../redact/redactor.ts";
import { redactClaims, redactWith } from "../redact/redactRun.ts";
import { ProjectSettings } from "../settings/ProjectSettings.ts";
import type { Run, TokenClaims } from "../types.ts";
import { visibleJson } from "../visible.ts";
import { collect } from "./checkCommand.ts";
import { coloursFor } from "./colours.ts";
import { endOnSignal } from "./endOnSignal.ts";
import { ExitCode } from "./exitCodes.ts";
import { locate } from "./locate.ts";
import { readEnvFiles } from "./readInput.ts";
import { type Repeat, repeatAsText, repeatRun } from "./repeat.ts";
import { claimsBefore, type RunFlags, readOptions } from "./runOptions.ts";
import { changesAsText } from "./showChanges.ts";
import { runAsText } from "./showRun.ts";
import { watchRuns } from "./watch.ts";

/** `kinde-local run`: runs one workflow once or repeatedly, and prints everything it did. */
export function runCommand(done: (code: number) => void): Command {
  return new Command("run")
    .description("Run a workflow in a realm like Kinde's and show everything it did.")
    .argument("[workflow-id]", "the workflow's id or file; not needed if the project has only one")
    .option("--project <dir>", "the project's folder, or a folder below it", ".")
    .option("--user <id>", "the user's id in the event")
    .addOption(
      new Option("--origin <origin>", "why the token is made").choices(["sign-in", "refresh"]),
    )
    .option("--org <code>", 'the organization in the event; "none" for an event without one')
    .option("--client <id>", "the application's client id in the event")
    .option("--event <file>", "the whole event as JSON, - for standard input")
    .option(
      "--override <path=value>",
      "one value in the event, such as context.user.id=kp_… (repeatable)",
      collect,
    )
    .option("--env <file>", "a file with Kinde's environment variables (repeatable)", collect)
    .option(
      "--claims <file>",
      "JSON of claims already on the access token, or of {accessToken, idToken, m2mToken}",
    )
    .option(
      "--fault <fault>",
      "simulate a fault of the network: unreachable, timeout, status=N, html, empty, invalid-json, or a file with the body; slow=MS asks the real network after a pause",
    )
    .option(
      "--answer <request=answer>",
      "the answer to one request, such as 'GET https://api.example.com/*=file.json', '…=status=404' or '…=status=404,file.json' (repeatable)",
      collect,
    )
    .option(
      "--kinde-api [file]",
      "imitate Kinde's own API at the event's domain, with the data of a JSON file or with sample data",
    )
    .option("--no-network", "do not send a request without an answer: end the run with an error")
    .option("--record <dir>", "save the network's answers in a folder, without secrets")
    .option("--replay <dir>", "answer from a folder that --record filled, without the network")
    .option("--limit <ms>", "time limit of the run (default: 10000)", wholeNumber)
    .option(
      "--set <option=value>",
      "choose a behaviour where hosted Kinde's is unknown, such as nonOkResponse=throw (repeatable)",
      collect,
    )
    .option("--repeat <n>", "run n times and show p50 and p99", wholeNumber)
    .option("--json", "one JSON document on standard output; with --watch one line for each run")
    .option("--watch", "run again whenever a file is saved")
    .option("--inspect [host:port]", "wait for a debugger (default: 127.0.0.1:9229); no time limit")
    .action(async (workflow: string | undefined, flags: RunFlags) =>
      done(await execute(workflow, flags)),
    );
}

async function execute(workflow: string | undefined, given: RunFlags): Promise<number> {
  const flags = { ...given, project: locate(workflow, given.project) };
  const env = readEnvFiles(flags.env ?? []);
  await using kinde = createKinde({
    ...{ project: flags.project, env, settings: true },
    ...inspectOption(flags),
  });
  if (!flags.watch) endOnSignal(kinde);
  const settings = new ProjectSettings(() => projectFolder(flags.project));
  /** The last run that reached the workflow's code, for `--watch`. */
  let last: Run | null = null;
  const once = async (): Promise<number> => {
    const redact = redactor({ ...(await settings.allSecrets()), ...env });
    const options = await readOptions(kinde, workflow, flags);
    const first = await kinde.run(options);
    const repeat = flags.repeat ? await repeatRun(kinde, options, first, flags.repeat) : null;
    const run = redactWith(repeat?.last ?? first, redact);
    const shown = flags.json
      ? asJson(repeat ? { ...run, repeat: repeat.figures } : run, flags)
      : await asText(kinde, run, redactClaims(claimsBefore(options), redact), repeat);
    process.stdout.write(shown);
    if (flags.watch && !flags.json && run.stage === "run") {
      if (last) process.stdout.write(changesAsText(last, run, coloursFor(process.stdout)));
      last = run;
    }
    return first.error ? ExitCode.failed : ExitCode.done;
  };
  // Awaited here, because the runtime closes when this function returns.
  return await (flags.watch ? watchRuns(kinde, flags, once) : withNotice(once));
}

/**
 * Renders one document. With `--watch`, each run is one line, so that a reader can separate the
 * documents.
 */
function asJson(value: object, { watch }: RunFlags): string {
  return `${visibleJson(value, watch ? 0 : 2)}\n`;
}

/** If a run takes more than a second, prints a notice on a terminal. */
async function withNotice<T>(work: () => Promise<T>): Promise<T> {
  const notice = setTimeout(() => {
    if (process.stderr.isTTY) process.stderr.write("still running …\n");
  }, 1_000);
  return await work().finally(() => clearTimeout(notice));
}

async function asText(
  kinde: Kinde,
  run: Run,
  before: TokenClaims,
  repeat: Repeat | null,
): Promise<string> {
  const text = runAsText(run, before, await reasonsFor(kinde, run), coloursFor(process.stdout));
  return repeat ? `${text}${repeatAsText(repeat.figures)}\n` : text;
}

/** Returns the findings of `check` about the line that failed, or about the name in the error. */
async function reasonsFor(kinde: Kinde, { error, stage, workflow }: Run): Promise<Finding[]> {
  if (!error?.file || stage !== "run") return [];
  const { file, line, subject } = error;
  const findings = await kinde.check();
  return findings.filter((found) => {
    if (found.file === file && found.line === line) return true;
    const isHere = found.file === file || found.file === workflow.file;
    return isHere && subject !== null && found.subject === subject;
  });
}

function inspectOption({ inspect }: RunFlags): { inspect?: string } {
  if (inspect === undefined) return {};
  return { inspect: inspect === true ? "127.0.0.1:9229" : inspect };
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError("It has to be a whole number above 0.");
}
