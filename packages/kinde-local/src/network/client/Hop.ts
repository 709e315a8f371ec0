import type { GoUrl } from "../url/parseUrl.ts";

/** One request on its way. A redirect makes another one of it. */
export interface Hop {
  method: string;
  url: GoUrl;
  /** By lower-case name. */
  headers: ReadonlyMap<string, string>;
  body: string | null;
}

/** Who answered, when it was not the network. */
export type AnsweredBy = "answers" | "kindeApi" | "replay";

export interface Reply extends Pick<Response, "status" | "headers" | "text"> {
  answeredBy?: AnsweredBy;
}

export type Send = (hop: Hop, signal: AbortSignal) => Promise<Reply>;

/** Answers in the place of the network, or null for a request that is not its own. */
export type Responder = (hop: Hop) => Reply | null;

/** Why there was no answer, in Go's words. */
export class GoFailure extends Error {}
