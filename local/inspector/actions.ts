import type { LocalKinde } from "../issuer/index.ts";
import type { LocalSupabase } from "../supabase/index.ts";
import type { Rows } from "./rows.ts";

/** What the inspector's buttons do. */
export const ACTIONS = [
  "grant",
  "take-back",
  "stop-supabase",
  "start-supabase",
  "stop-kinde",
  "start-kinde",
  "keep-old-claims",
  "give-fresh-claims",
] as const;
export type Action = (typeof ACTIONS)[number];

/** Which parts run, and whether Kinde keeps old claims. */
export interface Switches {
  readonly supabase: boolean;
  readonly kinde: boolean;
  readonly keepsOldClaims: boolean;
}

/** The controls behind the inspector's buttons. */
export interface Controls {
  readonly switches: Switches;
  /** @param userId the user of the browser, for `grant` and `take-back` */
  perform(action: Action, userId: string | undefined): Promise<void>;
}

export function createControls(parts: {
  readonly kinde: LocalKinde;
  readonly supabase: LocalSupabase;
  readonly rows: Rows;
}): Controls {
  const { kinde, supabase, rows } = parts;
  const usual = kinde.freshness;
  let switches: Switches = { supabase: true, kinde: true, keepsOldClaims: false };
  const change = (part: Partial<Switches>) => {
    switches = { ...switches, ...part };
  };

  const perform: Record<Action, (userId: string | undefined) => Promise<void>> = {
    async grant(userId) {
      if (userId !== undefined) await rows.setSubscription(userId, true);
    },
    async "take-back"(userId) {
      if (userId !== undefined) await rows.setSubscription(userId, false);
    },
    async "stop-supabase"() {
      if (switches.supabase) await supabase.postgrest.stop();
      change({ supabase: false });
    },
    async "start-supabase"() {
      if (!switches.supabase) await supabase.postgrest.start();
      change({ supabase: true });
    },
    async "stop-kinde"() {
      await kinde.listening.stop();
      change({ kinde: false });
    },
    async "start-kinde"() {
      await kinde.listening.start();
      change({ kinde: true });
    },
    async "keep-old-claims"() {
      kinde.freshness = "never";
      change({ keepsOldClaims: true });
    },
    async "give-fresh-claims"() {
      kinde.freshness = usual;
      change({ keepsOldClaims: false });
    },
  };
  return {
    get switches() {
      return switches;
    },
    perform: (action, userId) => perform[action](userId),
  };
}
