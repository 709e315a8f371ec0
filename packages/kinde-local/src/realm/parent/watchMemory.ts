import { readFileSync } from "node:fs";

/** The memory of an idle realm process. */
const BASE_MB = 160;
const INTERVAL_MS = 50;
const PAGE_BYTES = 4096;

/**
 * V8's own limit counts its heap, not the bytes of ArrayBuffers. So the process of a long run is
 * measured from outside through /proc (Linux). On other systems only the time limit ends it.
 */
export function watchMemory(
  pid: number | undefined,
  memoryMb: number,
  onExceeded: () => void,
): { stop(): void } {
  const timer = setInterval(() => {
    const used = residentMb(pid);
    if (used === null) clearInterval(timer);
    else if (used > BASE_MB + 2 * memoryMb) onExceeded();
  }, INTERVAL_MS);
  return { stop: () => clearInterval(timer) };
}

function residentMb(pid: number | undefined): number | null {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
    return (pages * PAGE_BYTES) / 1_000_000;
  } catch {
    return null;
  }
}
