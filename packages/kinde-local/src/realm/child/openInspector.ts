import inspector from "node:inspector";
import { INSPECTOR_EXIT_CODE } from "../protocol/messages.ts";

/**
 * Opens the port for a debugger and waits until one is attached. Node's own --inspect-wait cannot
 * be used: it waits before our code runs, so nothing would notice that the parent has ended.
 */
export function openInspector(host: string, port: number): void {
  try {
    inspector.open(port, host);
  } catch {
    process.exit(INSPECTOR_EXIT_CODE);
  }
  // If the port is in use, Node only prints a warning to stderr and throws no error.
  if (inspector.url() === undefined) process.exit(INSPECTOR_EXIT_CODE);
  inspector.waitForDebugger();
}
