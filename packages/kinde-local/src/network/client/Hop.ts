import type { GoUrl } from "../url/parseUrl.ts";

/** One request. A redirect leads to another one. */
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

/** Answers in the place of the network. Null for a request that it does not answer. */
export type Responder = (hop: Hop) => Reply | null;

/** Why there was no answer, in Go's words. */
export class GoFailure extends Error {}
