/**
 * Waits for work that several callers share. A caller stops waiting when its signal is aborted; the
 * work goes on for the other callers.
 *
 * @param onAbort creates the error for the caller
 */
export function untilAborted<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  onAbort: () => Error,
): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(onAbort());
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    const stopListening = () => signal.removeEventListener("abort", abort);
    work.finally(stopListening).then(resolve, reject);
  });
}
