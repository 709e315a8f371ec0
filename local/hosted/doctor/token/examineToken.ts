import { visible } from "kinde-local";
import { maskUserId } from "../../../../kindeSrc/environment/workflows/profileClaims/userId.ts";
import { CommandError } from "../../../command/errors.ts";
import type { World } from "../../world.ts";
import { claimsOf, compareClaims } from "./compareClaims.ts";
import { type RowReading, readRow } from "./readRow.ts";
import type { Verdict } from "./verdict.ts";
import { decodeToken, verifyToken } from "./verifyToken.ts";

/** What is known about a token. It holds neither the token nor a whole user id. */
export interface TokenReport extends Verdict {
  readonly issuer?: string | undefined;
  readonly client?: string | undefined;
  /** Masked, such as `kp_…9f3c`. */
  readonly user?: string | undefined;
  readonly issuedAt?: Date | undefined;
  readonly expiresAt?: Date | undefined;
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
  /** What was not compared because a setting is missing. */
  readonly notes?: readonly string[] | undefined;
  /** Null if the user has no row, undefined if it was not read. */
  readonly row?: { readonly claims: object; readonly updatedAt: Date } | null | undefined;
}

/**
 * Examines an access token: is it valid, whose is it, and do its claims agree with the row now?
 *
 * @example
 * const { code, why } = await examineToken(token, createWorld(settings));
 */
export async function examineToken(token: string, world: World): Promise<TokenReport> {
  const payload = decodeToken(token);
  if (payload === undefined) {
    return {
      code: "TOKEN_UNREADABLE",
      why: "the text is not a JWT",
      fix: "Copy the access token again: it has three parts with dots between them.",
    };
  }
  const about = {
    issuer: textOf(payload.iss),
    client: textOf(payload.azp),
    user: payload.sub === undefined ? undefined : maskUserId(payload.sub),
    issuedAt: dateOf(payload.iat),
    expiresAt: dateOf(payload.exp),
    claims: claimsOf(payload),
    notes: notesOf(world.settings),
  };
  const refusal = await verifyToken(token, payload, world.settings);
  if (refusal) return { ...about, ...refusal };
  const reading = await readRowIfPossible(world, payload.sub ?? "");
  const row = "row" in reading ? (reading.row ?? null) : undefined;
  return { ...about, row, ...compareClaims(payload, reading) };
}

async function readRowIfPossible(world: World, userId: string): Promise<RowReading> {
  try {
    return await readRow(world, userId);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { unread: error.message, isFault: true };
  }
}

function notesOf({ KINDE_DOMAIN, KINDE_CLIENT_ID }: World["settings"]): string[] {
  return [
    ...(KINDE_DOMAIN
      ? []
      : ["KINDE_DOMAIN is not set: the keys are those of the issuer that the token names"]),
    ...(KINDE_CLIENT_ID
      ? []
      : ["KINDE_CLIENT_ID is not set: tokens of every application are accepted"]),
  ];
}

function textOf(value: unknown): string | undefined {
  // The token is not verified yet, so control characters in it must not reach the terminal.
  return typeof value === "string" ? visible(value) : undefined;
}

function dateOf(seconds: unknown): Date | undefined {
  const date = new Date(typeof seconds === "number" ? seconds * 1000 : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
