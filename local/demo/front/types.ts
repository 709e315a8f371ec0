import type { LocalKinde } from "../../issuer/index.ts";
import type { Project } from "../project.ts";

/** The services on this machine that an app is started with. */
export interface Services {
  /** The address that the user opens. */
  readonly url: string;
  readonly kinde: LocalKinde;
  readonly project: Project;
}

/** An app that the local stack is started for. Its port is known before it starts. */
export interface AppInFront {
  readonly port: number;
  /** Paths of the app that Kinde may send a browser back to. */
  readonly callbackPaths: readonly string[];
  readonly logoutPaths: readonly string[];
  /** Whether the app receives Kinde's webhooks itself, at /webhooks/kinde. */
  readonly receivesWebhooks: boolean;
  /** @throws LocalStackError if the app does not start */
  start(services: Services): Promise<void>;
  stop(): Promise<void>;
}
