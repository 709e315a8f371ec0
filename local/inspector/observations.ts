import type { Run } from "kinde-local";
import type { IssuedToken } from "../issuer/types.ts";

/** The last run of the workflow for a user. */
export interface ObservedRun {
  readonly at: number;
  readonly ms: number;
  /** The workflow's log, as Kinde's dashboard would show it. */
  readonly lines: readonly string[];
  readonly claims: Readonly<Record<string, unknown>>;
}

/** The last access token of a user. */
export interface ObservedToken {
  readonly at: number;
  readonly claims: Readonly<Record<string, unknown>>;
  /** The claims that differ from the user's previous token: the name, and the earlier value. */
  readonly changed: Readonly<Record<string, unknown>>;
}

/** What the inspector observed about each user's claims. */
export interface Observations {
  addRun(userId: string, run: Run): void;
  addToken(token: IssuedToken): void;
  addSignOut(userId: string): void;
  runOf(userId: string): ObservedRun | undefined;
  tokenOf(userId: string): ObservedToken | undefined;
  /** Whether the user signed out since the last call. */
  takeSignOut(userId: string): boolean;
}

export function createObservations(): Observations {
  const runs = new Map<string, ObservedRun>();
  const tokens = new Map<string, ObservedToken & { readonly id: unknown }>();
  const claimNames = new Set<string>();
  const signedOut = new Set<string>();

  return {
    addRun(userId, run) {
      const claims = run.claims.accessToken;
      for (const name of Object.keys(claims)) claimNames.add(name);
      const lines = run.logs.map(({ arguments: parts }) => parts.map(String).join(" "));
      if (run.error) lines.push(`${run.error.name}: ${run.error.message}`);
      runs.set(userId, { at: Date.now(), ms: Math.round(run.ms), lines, claims });
    },
    addToken(token) {
      const before = tokens.get(token.sub);
      // Kinde returns the same token until something changes.
      if (before?.id === token.jti) return;
      const claims = Object.fromEntries([...claimNames].map((name) => [name, token[name] ?? null]));
      const changed = Object.fromEntries(
        Object.entries(before?.claims ?? {}).filter(([name, value]) => claims[name] !== value),
      );
      tokens.set(token.sub, { id: token.jti, at: Date.now(), claims, changed });
    },
    addSignOut(userId) {
      signedOut.add(userId);
    },
    takeSignOut: (userId) => signedOut.delete(userId),
    runOf: (userId) => runs.get(userId),
    tokenOf: (userId) => tokens.get(userId),
  };
}
