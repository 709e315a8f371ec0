import { readFileSync } from "node:fs";

/** The memory of an idle realm process. */
const BASE_MB = 160;
const INTERVAL_MS = 50;
const PAGE_BYTES = 4096;

/**
 * Watches the memory of a process from outside, through /proc (Linux), because V8's own limit counts
 * only its heap and not the bytes of ArrayBuffers. On other systems, only the time limit ends a run
 * that allocates too many bytes.
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
