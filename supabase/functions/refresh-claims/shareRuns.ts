/**
 * Makes the requests that come while the work is under way share one further run of it: a thousand
 * saves wake the function up a thousand times, and one run empties the queue. That run begins after
 * its requests came, so it finds their messages.
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
