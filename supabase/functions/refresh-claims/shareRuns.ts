/**
 * Returns a function that runs the work. Requests that come during a run share the next run: a
 * thousand saves wake the function up a thousand times, but one run empties the queue. The next run
 * begins after these requests came, so it finds their messages.
 */
export function shareRuns<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;

  function start(): Promise<T> {
    next = undefined;
    const run = work();
    running = run.catch(() => undefined);
    return run;
  }
  return () => {
    next ??= running.then(start);
    return next;
  };
}
