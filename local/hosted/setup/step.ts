import type { HostedSettings, SettingName } from "../settings.ts";
import type { World } from "../world.ts";

/** What a step has to do. */
export type Action =
  /** Nothing: the state is the wanted one. */
  | "exists"
  | "create"
  | "change"
  /** The API does not show the present value, so it is written again. */
  | "repeat"
  /** No API does it: the detail says what a person has to do. */
  | "manual";

export interface Decision {
  readonly action: Action;
  /** One sentence or a few words, without secrets. */
  readonly detail: string;
}

/** A decision, and the work that carries it out. */
export interface Plan extends Decision {
  apply(): Promise<void>;
}

export type Vendor = "supabase" | "kinde";

/** One thing that the set-up takes care of. */
export interface Step {
  /** Stable, such as `supabase.dataApi`. */
  readonly id: string;
  /** What it takes care of, in a few words. */
  readonly title: string;
  /** Without these settings, the step is left out. */
  readonly needs: readonly SettingName[];
  /** Why the step is left out although the settings are there. */
  readonly leftOut?: ((settings: HostedSettings) => string | undefined) | undefined;
  /** The APIs that it calls, if not only that of its own vendor. */
  readonly calls?: readonly Vendor[] | undefined;
  /** If this step fails or is left to a person, the later steps that call its vendor do not run. */
  readonly isGate?: boolean | undefined;
  /** Reads the present state and decides. Changes nothing. */
  plan(world: World): Promise<Plan>;
}

interface StepParts<State> extends Omit<Step, "plan"> {
  /** Reads the present state. The doctor uses the same function. */
  read(world: World): Promise<State>;
  decide(state: State, world: World): Decision;
  /** Only called for `create`, `change` and `repeat`. */
  apply?(state: State, world: World): Promise<void>;
}

/** Makes a step from its three parts: read the state, decide, apply. */
export function defineStep<State>(parts: StepParts<State>): Step {
  const { read, decide, apply, ...about } = parts;
  return {
    ...about,
    async plan(world) {
      const state = await read(world);
      return {
        ...decide(state, world),
        apply: async () => await apply?.(state, world),
      };
    },
  };
}

export const SUPABASE = ["SUPABASE_ACCESS_TOKEN", "SUPABASE_PROJECT_REF"] as const;
export const KINDE = ["KINDE_DOMAIN", "KINDE_M2M_CLIENT_ID", "KINDE_M2M_CLIENT_SECRET"] as const;
