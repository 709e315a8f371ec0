import type { FreshnessMode } from "./grants.ts";
import type { NewUser, UserDirectory } from "./users.ts";
import type { Delivery } from "./webhooks.ts";
import type { TokenWorkflow } from "./workflow.ts";

/** An application registered with this Kinde. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface IssuerOptions {
  /** Computes the custom claims at every token generation, as Kinde's workflow does. */
  readonly workflow: TokenWorkflow;
  /** Where users may be sent back to, after signing in and after signing out. */
  readonly redirectUris: readonly string[];
  readonly logoutUris: readonly string[];
  /** A free port unless given. */
  readonly port?: number | undefined;
  readonly users?: readonly NewUser[] | undefined;
  /** What Kinde needs before a changed row appears in a token. "refresh_claims" unless given. */
  readonly freshness?: FreshnessMode | undefined;
  /** Lifetime of an access token. A day, as in Kinde, unless given. */
  readonly accessTokenSeconds?: number | undefined;
  readonly webhook?:
    | {
        readonly url: string;
        /**
         * How long a second of Kinde's retry schedule takes here, in seconds. 0.01 unless given.
         */
        readonly timeScale?: number;
      }
    | undefined;
  /** Receives the payload of every access token that a user gets. */
  readonly onAccessToken?: ((payload: IssuedToken) => void) | undefined;
  /** Receives the id of each user who signs out. */
  readonly onSignOut?: ((userId: string) => void) | undefined;
  /** Receives internal errors and abandoned webhooks. */
  readonly log?: ((line: string) => void) | undefined;
}

/** The payload of an access token of a user. */
export type IssuedToken = Readonly<Record<string, unknown>> & {
  readonly sub: string;
  readonly iat: number;
};

/** Kinde's sign-in and tokens on this machine. */
export interface LocalKinde {
  /** The Kinde domain, and the `iss` of every token. */
  readonly url: string;
  /** The back-end web application (with a client secret). */
  readonly app: Credentials;
  /** A front-end application (PKCE, no secret). */
  readonly publicClientId: string;
  /** The machine-to-machine application, for Kinde's management API. */
  readonly machine: Credentials & { readonly audience: string };
  readonly users: UserDirectory;
  /** What Kinde needs before a changed row appears in a token. Can be changed while Kinde runs. */
  freshness: FreshnessMode;
  /** The user who signed in, by the code that goes to the app, until the app has used it. */
  userOfCode(code: string): Promise<string | undefined>;
  /** Stops listening and starts again on the same port, as in an outage. Sign-ins are kept. */
  readonly listening: { stop(): Promise<void>; start(): Promise<void> };
  /** Signs any payload with Kinde's key, for tests of tokens that must be refused. */
  sign(payload: Record<string, unknown>): Promise<string>;
  /** Every delivery of a webhook so far, with its result. */
  readonly deliveries: readonly Delivery[];
  /** Whether the webhook's endpoint was switched off, because it failed for 72 scaled hours. */
  readonly webhookSwitchedOff: boolean;
  /** Resolves when no webhook is under way or waiting to be retried. */
  webhooksSettled(): Promise<void>;
  stop(): Promise<void>;
}

export type { FreshnessMode, NewUser };
