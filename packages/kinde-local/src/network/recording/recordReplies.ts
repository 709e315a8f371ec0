import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KindeError } from "../../errors.ts";
import type { Redactor } from "../../redact/redactor.ts";
import { goReason } from "../client/goReason.ts";
import type { Reply, Send } from "../client/Hop.ts";
import { Unanswered } from "../Unanswered.ts";
import { createMask, isSecretName, type Mask, parseJson } from "./mask.ts";
import { fileName, type Recorded, RecordedNames, recordedRequest } from "./recordedFile.ts";

/** Headers that differ in each answer, or that describe only the transfer. */
const LEFT_OUT =
  /^(?:date|age|content-length|content-encoding|transfer-encoding|connection|keep-alive)$/;

/**
 * Sends each request with `send`, and saves the answer in a file of the folder, without secrets.
 */
export function recordReplies(folder: string, send: Send, redact: Redactor): Send {
  const mask = createMask(redact);
  const names = new RecordedNames();
  return async (hop, signal) => {
    const request = recordedRequest(hop, mask);
    const { name, count } = names.next(request);
    try {
      const reply = await send(hop, signal);
      const text = await reply.text();
      write(folder, name, count, { request, response: recordedResponse(reply, text, mask) });
      return { ...reply, text: async () => text };
    } catch (error) {
      if (!(error instanceof KindeError || error instanceof Unanswered)) {
        const failure = mask.text(await goReason(hop.url, error));
        write(folder, name, count, { request, failure });
      }
      throw error;
    }
  };
}

function recordedResponse(
  { status, headers }: Reply,
  text: string,
  mask: Mask,
): NonNullable<Recorded["response"]> {
  const kept = [...headers]
    .filter(([name]) => !LEFT_OUT.test(name) && !isSecretName(name))
    .map(([name, value]) => [name, mask.text(value)]);
  const json = parseJson(text);
  return {
    status,
    headers: Object.fromEntries(kept),
    ...(json === undefined ? { text: mask.text(text) } : { json: mask.json(json) }),
  };
}

function write(folder: string, name: string, count: number, recorded: Recorded): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Removes this file and those of later repetitions, which an earlier recording may have left.
    for (let n = count; n === count || existsSync(join(folder, fileName(name, n))); n++) {
      rmSync(join(folder, fileName(name, n)), { force: true });
    }
    const path = join(folder, fileName(name, count));
    writeFileSync(path, `${JSON.stringify(recorded, null, 2)}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KindeError(
      "BAD_INPUT",
      `Recording into ${folder} failed: ${reason}. Name a folder that can be written.`,
    );
  }
}
