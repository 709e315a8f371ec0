import { KindeError } from "../errors.ts";
import type { Redactor } from "../redact/redactor.ts";
import type { Env, JsonObject, NetworkOptions } from "../types.ts";
import { answerReply } from "./answers/answerReply.ts";
import { describeRequest } from "./answers/describeRequest.ts";
import { type PreparedAnswer, readAnswers } from "./answers/readAnswers.ts";
import { matches } from "./answers/requestPattern.ts";
import { GoFailure, type Responder, type Send } from "./client/Hop.ts";
import { isFetchReplaced, sendByProcess } from "./client/processFetch.ts";
import { sendByFetch } from "./client/sendByFetch.ts";
import { kindeApiFor } from "./kindeApi/kindeApiFor.ts";
import { lazyRedactor } from "./lazyRedactor.ts";
import { recordReplies } from "./recording/recordReplies.ts";
import { replayReplies } from "./recording/replayReplies.ts";
import { Unanswered } from "./Unanswered.ts";

/** The network of one run. */
export interface RunNetwork {
  send: Send;
  /** A mistake of the caller, such as a request without an answer. Null without a mistake. */
  problem(): KindeError | null;
}

/** The options of a runtime. Its answers have been checked already. */
export interface RuntimeNetwork extends NetworkOptions {
  prepared: readonly PreparedAnswer[];
}

/**
 * Creates the network of one run. Requests are answered by the answers of the run, those of the
 * runtime, the imitation of Kinde's API, and then by a recording, a `fetch` or the network.
 *
 * @throws {KindeError} BAD_OPTION or BAD_INPUT for options that cannot be used
 */
export function openNetwork(
  run: NetworkOptions,
  runtime: RuntimeNetwork,
  { event, env }: { event: JsonObject; env: Env },
): RunNetwork {
  const options = merge(run, runtime);
  const redact = lazyRedactor(env);
  const responders: Responder[] = [
    byAnswers([...readAnswers(run.answers), ...runtime.prepared]),
    ...kindeApiFor(options, event, hasStandIn(options)),
  ];
  const rest = sendRest(options, redact);
  const failed: KindeError[] = [];
  const unanswered = new Map<string, Unanswered>();
  return {
    send: async (hop, signal) => {
      for (const respond of responders) {
        const reply = respond(hop);
        if (reply) return reply;
      }
      try {
        return await rest(hop, signal);
      } catch (error) {
        if (error instanceof Unanswered) unanswered.set(describeRequest(hop, redact), error);
        else if (error instanceof KindeError) failed.push(error);
        else throw error;
        throw new GoFailure(error.message);
      }
    },
    problem: () => failed[0] ?? Unanswered.toError(unanswered),
  };
}

/**
 * Merges the options; those of the run win. A `fetch` or `record` of the run also switches off the
 * runtime's `replay`, and a `replay` of the run switches off the runtime's `record`.
 */
function merge(run: NetworkOptions, runtime: NetworkOptions): NetworkOptions {
  const hasOwn = run.fetch !== undefined || run.record !== undefined;
  const merged: { [K in keyof NetworkOptions]: NetworkOptions[K] | undefined } = {
    kindeApi: run.kindeApi ?? runtime.kindeApi,
    network: run.network ?? runtime.network,
    record: run.record ?? (run.replay === undefined ? runtime.record : undefined),
    replay: run.replay ?? (hasOwn ? undefined : runtime.replay),
    fetch: run.fetch ?? runtime.fetch,
  };
  const given = Object.entries(merged).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as NetworkOptions;
}

function byAnswers(answers: readonly PreparedAnswer[]): Responder {
  return (hop) => {
    const found = answers.find(({ pattern }) => matches(pattern, hop));
    return found ? answerReply(found.answer, "answers") : null;
  };
}

/** Whether the caller replaced the network. */
function hasStandIn({ fetch, replay }: NetworkOptions): boolean {
  return fetch !== undefined || replay !== undefined || isFetchReplaced();
}

/** Answers the requests that have no answer so far. */
function sendRest({ fetch, network, record, replay }: NetworkOptions, redact: Redactor): Send {
  if (replay !== undefined && record !== undefined) {
    throw new KindeError(
      "BAD_OPTION",
      "record and replay were given together. Remove one of them: a replay does not use the network, so there is nothing to record.",
    );
  }
  if (replay !== undefined) return replayReplies(replay, redact);
  const send: Send = fetch
    ? (hop, signal) => sendByFetch(hop, fetch, signal)
    : network === false
      ? refuse
      : sendByProcess;
  return record === undefined ? send : recordReplies(record, send, redact);
}

const refuse: Send = async () => {
  throw new Unanswered("NO_ANSWER", "no answer matches, and the network is off");
};
