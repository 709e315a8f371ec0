/** Kinde did not answer. The user may still be signed in, so the session keeps its tokens. */
export class KindeAwayError extends Error {
  override name = "KindeAwayError";

  /** @param doing what the app was doing, such as "refreshing the tokens" */
  constructor(doing: string, options?: ErrorOptions) {
    super(`Kinde did not answer (${doing})`, options);
  }
}

/** Waits at most `ms` for a promise, because Kinde's SDK sets no time limit for its requests. */
export async function withinTime<T>(doing: string, ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new KindeAwayError(doing)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
