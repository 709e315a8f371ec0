import { createManagementClient } from "../management/createManagementClient.ts";
import { createRelay } from "../relay/createRelay.ts";
import type { Relay } from "../relay/types.ts";
import { createSupabaseQueue } from "../supabase/createSupabaseQueue.ts";
import { EXIT } from "./exitCodes.ts";
import { interruption } from "./interruption.ts";
import type { RelayArguments } from "./readArguments.ts";
import type { Settings } from "./readSettings.ts";

const say = (line: string) => void process.stderr.write(`${line}\n`);

/** Runs the relay until it is stopped, or once. Returns the exit code. */
export async function relay(settings: Settings, args: RelayArguments): Promise<number> {
  const { supabase, kinde } = settings;
  const management = createManagementClient(kinde);
  const worker = createRelay({
    queue: createSupabaseQueue(supabase),
    refreshClaims: management.refreshClaims,
    log: (line, report) => {
      if (args.json) process.stdout.write(`${JSON.stringify(report)}\n`);
      else say(line);
    },
  });
  const signal = interruption();
  if (args.once) return drain(worker, signal);
  say(`Relaying claim changes from ${supabase.url} to ${kinde.domain}. Ctrl-C stops.`);
  await worker.run({ signal });
  say("Stopped.");
  return EXIT.done;
}

async function drain(worker: Relay, signal: AbortSignal): Promise<number> {
  const { empty, taken, retried } = await worker.drain({ signal });
  if (taken === 0 && empty) say("No changes are waiting.");
  return empty && retried === 0 ? EXIT.done : EXIT.failed;
}
