import { extname } from "node:path";
import { readRegularFile } from "../../readRegularFile.ts";
import type { Answer } from "../../types.ts";
import type { AnsweredBy, Reply } from "../client/Hop.ts";

const TYPES: Record<string, string> = {
  ".json": "application/json",
  ".html": "text/html",
  ".xml": "application/xml",
};

/**
 * Makes the reply that an answer describes. The content type depends on the kind of the body,
 * unless the answer sets it.
 */
export function answerReply(answer: Answer, answeredBy: AnsweredBy): Reply {
  const { status = 200, headers = {}, json, text, file } = answer;
  const [type, body] =
    json !== undefined
      ? ["application/json", JSON.stringify(json)]
      : file !== undefined
        ? [TYPES[extname(file)] ?? "text/plain", readRegularFile(file)]
        : ["text/plain", text ?? ""];
  const all = new Headers({ "content-type": type });
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  return { status, headers: all, text: async () => body, answeredBy };
}
