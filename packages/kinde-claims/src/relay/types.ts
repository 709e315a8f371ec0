/** One message of the queue: the claims of a user may have changed. */
export interface ClaimChange {
  /** The queue's own id of the message. */
  readonly id: string;
  /** The id of the user in Kinde, `kp_…`. */
  readonly userId: string;
  /** How often the message was taken, this time included. */
  readonly attempts: number;
}

/** What the queue must do with the messages that were taken. The lists hold message ids. */
export interface Settlement {
  /** Kinde was notified, or does not know the user. The queue deletes these messages. */
  readonly done: readonly string[];
  /** The queue makes these messages visible again after `afterSeconds`. */
  readonly retry: readonly { readonly id: string; readonly afterSeconds: number }[];
  /**
   * Kinde refused the user too often, or the user id is invalid. The queue puts these messages
   * aside and keeps them.
   */
  readonly dead: readonly string[];
}

/**
 * A durable queue of claim changes. A message that was taken must stay invisible for 30 seconds,
 * and become visible again if it was not settled: a relay can end at any moment.
 */
export interface ClaimChangeQueue {
  /**
   * Takes messages, the oldest first.
   *
   * @param options.waitSeconds how long to wait for a first message; 0: not at all
   */
  take(options: {
    readonly quantity: number;
    readonly waitSeconds: number;
    readonly signal?: AbortSignal | undefined;
  }): Promise<readonly ClaimChange[]>;
  settle(settlement: Settlement): Promise<void>;
}

/** Why a batch stopped before it notified Kinde of every user. */
export interface BatchStop {
  /** The code of the error that `refreshClaims` threw, such as "RATE_LIMITED"; else "UNKNOWN". */
  readonly code: string;
  readonly message: string;
  /** `run` waits this long before its next batch. */
  readonly pauseSeconds: number;
}

/** The queue could not be reached, or refused a request. */
export interface QueueFailure {
  /**
   * "take": the relay received no messages and made no calls. "settle": the calls were made, but the
   * messages stay in the queue. They become visible again, and the calls are then repeated.
   */
  readonly step: "take" | "settle";
  readonly code: string;
  readonly message: string;
}

/** What happened to the messages of a batch. */
export interface BatchReport {
  /** Messages that were taken. */
  readonly taken: number;
  /** Users of these messages: the sum of notified, gone, retried and dead. */
  readonly users: number;
  readonly notified: number;
  /** Users that Kinde does not know. */
  readonly gone: number;
  /** Users whose messages become visible again. */
  readonly retried: number;
  /** Users whose messages were put aside. */
  readonly dead: number;
  /** The time from the first message to the end, in milliseconds. */
  readonly ms: number;
  readonly stopped?: BatchStop | undefined;
  readonly failure?: QueueFailure | undefined;
}

/**
 * The sums over all batches; `ms` is the time of the whole drain. A user in several batches is
 * counted several times.
 */
export interface DrainReport extends BatchReport {
  readonly batches: number;
  /** Whether the queue had no visible message at the end. */
  readonly empty: boolean;
}

export interface RelayOptions {
  readonly queue: ClaimChangeQueue;
  /**
   * Tells Kinde that the claims of a user changed: `refreshClaims` of a management client. The
   * relay distinguishes errors by `code`, see `RequestErrorCode`. The signal ends a call that takes
   * too long.
   */
  readonly refreshClaims: (
    userId: string,
    options: { readonly signal: AbortSignal },
  ) => Promise<unknown>;
  /** How many calls run at the same time. 4 unless given. */
  readonly concurrency?: number | undefined;
  /** How many messages a batch takes. 100 unless given. */
  readonly quantity?: number | undefined;
  /**
   * A message that was taken this often is put aside if Kinde refuses its user. 10 unless given.
   */
  readonly maxAttempts?: number | undefined;
  /** Receives one line for each batch that had messages or failed. The line holds no user id. */
  readonly log?: ((line: string, report: BatchReport) => void) | undefined;
}

/**
 * Tells Kinde about the changes in a queue. From `createRelay`. Its methods throw only if `log`
 * throws.
 */
export interface Relay {
  /**
   * Takes one batch, tells Kinde about its users and settles it. After the signal is aborted, no
   * call starts, open calls run to their end, and the batch is settled.
   */
  relayBatch(options?: {
    /** How long to wait for a first message. 0 unless given. */
    readonly waitSeconds?: number | undefined;
    readonly signal?: AbortSignal | undefined;
  }): Promise<BatchReport>;
  /**
   * Relays batches until the queue has no visible message, a batch stopped or failed, the signal is
   * aborted, or the time is over.
   */
  drain(options?: {
    readonly signal?: AbortSignal | undefined;
    /** After this time no call starts. No limit unless given. */
    readonly limitMs?: number | undefined;
  }): Promise<DrainReport>;
  /**
   * Relays batches until the signal is aborted. It waits for messages, pauses after a batch that
   * stopped, and goes on when the queue is reachable again. If the queue hands out messages just
   * when the signal is aborted, the relay may not receive them. They stay invisible for 30 seconds.
   */
  run(options: { readonly signal: AbortSignal }): Promise<void>;
}
