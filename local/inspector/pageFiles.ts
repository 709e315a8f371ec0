import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  "inspector.js": "text/javascript; charset=utf-8",
  "inspector.css": "text/css; charset=utf-8",
};

/** Answers with a file of the panel. */
export function answerFile(name: string, response: ServerResponse): void {
  const type = TYPES[name];
  if (type === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": type, "cache-control": "no-store" });
  response.end(readFileSync(join(import.meta.dirname, "page", name)));
}
