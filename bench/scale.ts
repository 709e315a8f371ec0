const SECONDS_A_DAY = 86_400;

/** What a number of users asks of the database. */
export interface Load {
  tokensPerDay: number;
  perSecond: number;
  /** Requests a second in the busiest moment. */
  peakPerSecond: number;
  /** Processors that PostgreSQL is busy with in that moment. */
  databaseCores: number;
}

/**
 * One token is one request, and one request is `databaseCpuMs` of PostgreSQL's time: the rest is
 * multiplication.
 *
 * @param tokensPerUser tokens a user gets in a day: sign-ins, and refreshes after a token expired
 * @param peakFactor how many times the average the busiest moment has
 */
export function loadOf(
  usersPerDay: number,
  {
    tokensPerUser,
    peakFactor,
    databaseCpuMs,
  }: { tokensPerUser: number; peakFactor: number; databaseCpuMs: number },
): Load {
  const tokensPerDay = usersPerDay * tokensPerUser;
  const perSecond = tokensPerDay / SECONDS_A_DAY;
  const peakPerSecond = perSecond * peakFactor;
  return {
    tokensPerDay,
    perSecond,
    peakPerSecond,
    databaseCores: (peakPerSecond * databaseCpuMs) / 1000,
  };
}
