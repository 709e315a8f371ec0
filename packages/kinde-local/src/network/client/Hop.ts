import type { GoUrl } from "../url/parseUrl.ts";

/** One request. A redirect leads to another one. */
export interface Hop {
  method: string;
  url: GoUrl;
  /** Values by lower-case name. */
  headers: ReadonlyMap<string, string>;
  body: string | null;
}

/** What answered in place of the network. */
export type AnsweredBy = "answers" | "kindeApi" | "replay";

export interface Reply extends Pick<Response, "status" | "headers" | "text"> {
  answeredBy?: AnsweredBy;
}

export type Send = (hop: Hop, signal: AbortSignal) => Promise<Reply>;

/** Answers requests in place of the network. Returns null for a request that it does not answer. */
export type Responder = (hop: Hop) => Reply | null;

/** The reason why there was no answer, as Go writes it. */
export class GoFailure extends Error {}
