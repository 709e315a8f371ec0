import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { KindeError } from "../../errors.ts";
import { readRegularFile } from "../../readRegularFile.ts";
import type { Redactor } from "../../redact/redactor.ts";
import { answerReply } from "../answers/answerReply.ts";
import { readAnswer } from "../answers/readAnswers.ts";
import { GoFailure, type Reply, type Send } from "../client/Hop.ts";
import { Unanswered } from "../Unanswered.ts";
import { createMask } from "./mask.ts";
import { fileName, RecordedNames, recordedRequest } from "./recordedFile.ts";

/**
 * Answers from a recording, and sends nothing. A request that is made more often than it was
 * recorded gets its last answer again.
 *
 * @throws {KindeError} BAD_INPUT for a folder that does not exist
 */
export function replayReplies(folder: string, redact: Redactor): Send {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new KindeError(
      "BAD_INPUT",
      `${folder} is not a folder, so it holds no recording. Make a recording with --record ${folder}.`,
    );
  }
  const mask = createMask(redact);
  const names = new RecordedNames();
  return async (hop) => {
    const { name, count } = names.next(recordedRequest(hop, mask));
    for (let n = count; n > 0; n--) {
      const path = join(folder, fileName(name, n));
      if (existsSync(path)) return replyFrom(path);
    }
    throw new Unanswered("NOT_RECORDED", "it was not recorded", folder);
  };
}

function replyFrom(path: string): Reply {
  const bad = (reason: string): KindeError =>
    new KindeError(
      "BAD_INPUT",
      `The recording ${path} cannot be used: ${reason}. Record it again.`,
    );
  let recorded: unknown;
  try {
    recorded = JSON.parse(readRegularFile(path));
  } catch (error) {
    throw bad(error instanceof Error ? error.message : String(error));
  }
  const { response, failure } = (recorded ?? {}) as { response?: unknown; failure?: unknown };
  if (typeof failure === "string") throw new GoFailure(failure);
  if (response === undefined) throw bad('it has no member "response"');
  return answerReply(readAnswer(response, `The recording ${path}`), "replay");
}
