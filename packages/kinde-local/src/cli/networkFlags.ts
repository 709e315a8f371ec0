import { KindeError } from "../errors.ts";
import { readAnswer } from "../network/answers/readAnswers.ts";
import type { Answer, NetworkOptions } from "../types.ts";
import { readJsonObject } from "./readInput.ts";
import type { RunFlags } from "./runOptions.ts";

/** Reads the network options from the flags. */
export function readNetwork(flags: RunFlags): NetworkOptions {
  const { answer, kindeApi, network, record, replay } = flags;
  return {
    ...(answer && { answers: Object.fromEntries(answer.map(readAnswerFlag)) }),
    ...(kindeApi !== undefined && { kindeApi }),
    ...(network === false && { network }),
    ...(record !== undefined && { record }),
    ...(replay !== undefined && { replay }),
  };
}

/** Returns the files that the flags name, for `--watch`. */
export function filesOfNetwork({ answer = [], kindeApi }: RunFlags): string[] {
  const files = answer.flatMap((flag) => splitAnswer(flag)[1].file ?? []);
  return typeof kindeApi === "string" ? [...files, kindeApi] : files;
}

interface AnswerFlag {
  status?: number;
  file?: string;
}

function readAnswerFlag(flag: string): [string, Answer] {
  const [request, { status, file }] = splitAnswer(flag);
  if (file?.endsWith(".answer.json")) {
    const where = `--answer ${request}: ${file}`;
    const answer = readAnswer(readJsonObject(file, "--answer"), where);
    return [request, status === undefined ? answer : { ...answer, status }];
  }
  if (file !== undefined) return [request, { ...(status !== undefined && { status }), file }];
  return [request, { status: status ?? 200, json: { message: `status ${status}` } }];
}

/**
 * Splits `REQUEST=FILE`, `REQUEST=status=N` or `REQUEST=status=N,FILE`. The URL of the request may
 * contain a "=", too.
 */
function splitAnswer(flag: string): [string, AnswerFlag] {
  const withStatus = /^(.+)=status=(\d{3})(?:,(.+))?$/s.exec(flag);
  if (withStatus) {
    const [, request = "", status, file] = withStatus;
    return [request, { status: Number(status), ...(file !== undefined && { file }) }];
  }
  const at = flag.lastIndexOf("=");
  if (at > 0 && at < flag.length - 1) return [flag.slice(0, at), { file: flag.slice(at + 1) }];
  throw new KindeError(
    "BAD_OPTION",
    `--answer ${flag.slice(0, 200)} has no answer after the request. Write it like --answer 'GET https://api.example.com/*=file.json' or '…=status=404'.`,
  );
}
