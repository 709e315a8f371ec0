const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * When Kinde delivers an event, after it happened. Kinde documents "0 s, 5 s, 30 s, 2 min, 10 min,
 * 1 h, 4 h, then every 12 h to 36 h"; this reads the last part as at 12, 24 and 36 hours.
 */
export const RETRY_AT_MS: readonly number[] = [
  0,
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  HOUR,
  4 * HOUR,
  12 * HOUR,
  24 * HOUR,
  36 * HOUR,
];

/** Kinde switches an endpoint off when it has failed for this long. */
const SWITCH_OFF_AFTER_MS = 72 * HOUR;

/** Kinde counts only status 200 as received: not 204, and not a redirect. */
export function isReceived(status: number | null): boolean {
  return status === 200;
}

/**
 * Whether Kinde still sends to an endpoint. It is switched off when it has failed for 72 hours
 * without a 200 in between.
 */
export function createEndpointHealth(timeScale: number, now = () => performance.now()) {
  let failingSince: number | undefined;
  let isSwitchedOff = false;
  return {
    get isSwitchedOff() {
      return isSwitchedOff;
    },
    record(status: number | null): "on" | "switched off" {
      if (isReceived(status)) failingSince = undefined;
      else failingSince ??= now();
      if (failingSince !== undefined && now() - failingSince >= SWITCH_OFF_AFTER_MS * timeScale) {
        isSwitchedOff = true;
      }
      return isSwitchedOff ? "switched off" : "on";
    },
  };
}
