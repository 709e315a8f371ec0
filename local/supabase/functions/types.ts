/** The machine application in Kinde that may call `refresh_claims`. */
export interface KindeAccess {
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly audience?: string | undefined;
}

/** What relays the changes of claims to Kinde. */
export interface ClaimChangeRelay {
  readonly runsOn: "Deno" | "Node";
  stop(): Promise<void>;
}
