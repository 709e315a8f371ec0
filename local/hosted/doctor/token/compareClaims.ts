import type { JWTPayload } from "jose";
import {
  type ClaimSource,
  valuesFromRow,
  valuesWhenUnknown,
} from "../../../../kindeSrc/environment/workflows/profileClaims/claimTable.ts";
import { PROFILE_CLAIMS } from "../../../../kindeSrc/environment/workflows/profileClaims/profileClaims.ts";
import type { RowReading } from "./readRow.ts";
import type { Verdict } from "./verdict.ts";

const CONTRACT: Readonly<Record<string, ClaimSource>> = PROFILE_CLAIMS;
const NAMES = Object.keys(CONTRACT);
const UNKNOWN: Readonly<Record<string, unknown>> = valuesWhenUnknown(PROFILE_CLAIMS);

/** The claims of the contract that a token has, of any type. */
export function claimsOf(payload: JWTPayload): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    NAMES.filter((name) => name in payload).map((name) => [name, payload[name]]),
  );
}

/** Compares the claims of a valid token with the row as it is now. */
export function compareClaims(payload: JWTPayload, reading: RowReading): Verdict {
  const missing = NAMES.filter((name) => !(name in payload));
  if (missing.length > 0) {
    return {
      code: "TOKEN_WITHOUT_CLAIMS",
      why: `the token does not have ${missing.join(" and ")}: the workflow did not run when it was issued`,
      fix: "Check in Kinde > Workflows that the workflow is synced and live, then sign in again.",
    };
  }
  const wrong = NAMES.filter((name) => !isOfItsType(name, payload[name]));
  if (wrong.length > 0) {
    return {
      code: "TOKEN_CLAIM_TYPE",
      why: `${wrong.join(" and ")} has a value of another type than the claim contract says`,
      fix: "Look in Kinde for another workflow, or a property of the same name, that writes this claim.",
    };
  }
  if ("unread" in reading && reading.isFault) {
    return {
      code: "TOKEN_ROW_UNREAD",
      why: `the row could not be read: ${reading.unread}`,
      fix: "Run npm run doctor without --token: it finds out why.",
    };
  }
  if ("unread" in reading) {
    return {
      code: "TOKEN_VALID",
      why: `its claims were not compared with the row: ${reading.unread}`,
    };
  }
  const expected = reading.row?.claims ?? UNKNOWN;
  const different = NAMES.filter((name) => payload[name] !== expected[name]);
  if (different.length === 0) {
    const why = reading.row
      ? "its claims are those of the row"
      : "the user has no row, and the claims have the values for a user without a row";
    return { code: "TOKEN_FRESH", why };
  }
  return differenceOf(payload, reading, different);
}

function differenceOf(
  payload: JWTPayload,
  reading: Extract<RowReading, { row: unknown }>,
  different: readonly string[],
): Verdict {
  const names = different.join(" and ");
  const issuedAt = new Date((payload.iat ?? 0) * 1000);
  if (reading.row === undefined) {
    return {
      code: "TOKEN_STALE",
      why: `the user has no row, and the token still has ${names}`,
      fix: "If the user was deleted, end the sessions in your app; the token stays valid until it expires.",
    };
  }
  if (reading.row.updatedAt > issuedAt) {
    return {
      code: "TOKEN_STALE",
      why: `the row changed after the token was issued, so ${names} is old`,
      fix: "Let the app refresh the token; if it stays old, run npm run claims:pending, which shows whether Kinde knows of the change.",
    };
  }
  const isSafe = NAMES.every((name) => payload[name] === UNKNOWN[name]);
  return {
    code: "TOKEN_WRONG",
    why: isSafe
      ? `the row did not change since, and ${names} is the value for an unknown row: the lookup failed, or Kinde used cached claims`
      : `the row did not change since, and ${names} differs: Kinde used cached claims, or SUPABASE_URL in Kinde names another project`,
    fix: isSafe
      ? "Read the workflow's runtime log of that time: its code and hint name the cause."
      : "Compare SUPABASE_URL in Kinde with this project, call refresh_claims for the user, and refresh the token.",
  };
}

function isOfItsType(name: string, claim: unknown): boolean {
  const source = CONTRACT[name];
  if (source === undefined) return false;
  return (
    claim === source.whenUnknown ||
    valuesFromRow({ [name]: source }, { [source.column]: claim }) !== undefined
  );
}
