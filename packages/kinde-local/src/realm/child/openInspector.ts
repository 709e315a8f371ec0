import inspector from "node:inspector";
import { INSPECTOR_EXIT_CODE } from "../protocol/messages.ts";

/**
 * Opens the debugger's port and waits for one. Not Node's own --inspect-wait: that waits before any
 * of our code has run, so nothing would notice that the parent has gone.
 */
export function openInspector(host: string, port: number): void {
  try {
    inspector.open(port, host);
  } catch {
    process.exit(INSPECTOR_EXIT_CODE);
  }
  // Node prints on stderr that a port is taken, and does not treat it as an error.
  if (inspector.url() === undefined) process.exit(INSPECTOR_EXIT_CODE);
  inspector.waitForDebugger();
}
