import type { Host } from "../../protocol/realmInterface.ts";
import { native } from "../language/primordials.ts";
import { toGoJson } from "../language/toGoJson.ts";

const LEVELS = { log: "info", info: "info", debug: "debug", warn: "warn", error: "error" } as const;

/** The five methods of the binding `console`. Each returns its arguments, as at Kinde. */
export function installConsole(global: Record<string, unknown>, host: Host): void {
  const console: Record<string, unknown> = {};
  for (const [name, level] of Object.entries(LEVELS)) {
    console[name] = native(name, (...args: unknown[]) => {
      let json = "";
      for (let i = 0; i < args.length; i++) json += (i > 0 ? "," : "") + toGoJson(args[i], true);
      host.emit("log", `{"level":"${level}","arguments":[${json}]}`);
      return args;
    });
  }
  global.console = console;
}
