import type { HostedSettings, SettingName } from "../settings.ts";
import type { World } from "../world.ts";

/**
 * What a check depends on. If it cannot be reached, all checks that need it would fail in the same
 * way.
 */
export type Place = "supabase" | "dataApi" | "functions" | "kinde" | "kindeApi";

export type Examination =
  | { readonly status: "ok"; readonly seen: string }
  /** `warning` does not make the doctor fail; `failed` does. */
  | {
      readonly status: "failed" | "warning";
      /** The present state, in a few words, without secrets. */
      readonly seen: string;
      /** What to do, in one sentence. */
      readonly cure: string;
      /** `npm run setup -- --apply` fixes it. */
      readonly isFixedBySetup?: boolean;
    }
  /** The check cannot find out the state, and `seen` says why. */
  | { readonly status: "unknown"; readonly seen: string };

/** One question that the doctor asks. */
export interface Check {
  /** Stable, such as `SUPABASE_PAUSED`. It names the problem. */
  readonly code: string;
  /** What is checked, in a few words. */
  readonly title: string;
  /** What happens to users or to data if the check fails, in one sentence. */
  readonly why: string;
  /** Without these settings, the check is left out. */
  readonly needs: readonly SettingName[];
  /** Why the check is left out although the settings are there. */
  readonly leftOut?: ((settings: HostedSettings) => string | undefined) | undefined;
  /** What has to be reachable. */
  readonly uses: readonly Place[];
  /** When this check fails, the later checks that use the same places are not run. */
  readonly isGate?: boolean | undefined;
  /** Reads the state and judges it. It changes nothing. */
  examine(world: World): Promise<Examination>;
}

export function ok(seen: string): Examination {
  return { status: "ok", seen };
}

/** A problem that `npm run setup` does not fix: `cure` says what to do. */
export function failed(seen: string, cure: string): Examination {
  return { status: "failed", seen, cure };
}

/** A problem that `npm run setup` fixes. */
export function failedUntilSetup(seen: string): Examination {
  const cure = "Run npm run setup with --apply.";
  return { status: "failed", seen, cure, isFixedBySetup: true };
}

/** A problem that does not make the doctor fail. */
export function warning(seen: string, cure: string): Examination {
  return { status: "warning", seen, cure };
}

export function unknown(seen: string): Examination {
  return { status: "unknown", seen };
}
