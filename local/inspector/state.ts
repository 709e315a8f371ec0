import { maskUserId } from "../../kindeSrc/environment/workflows/profileClaims/userId.ts";
import type { Controls, Switches } from "./actions.ts";
import type { Observations, ObservedRun, ObservedToken } from "./observations.ts";
import type { Row, Rows } from "./rows.ts";

/** What the inspector shows on a page. */
export interface InspectorState {
  readonly user: { readonly id: string; readonly name: string } | null;
  /** null: there is no row. "unreachable": the database does not answer. */
  readonly row: Row | null | "unreachable";
  readonly run: ObservedRun | null;
  readonly token: ObservedToken | null;
  readonly switches: Switches;
}

/** Where the state of a page comes from. */
export interface StateSources {
  readonly observations: Observations;
  readonly rows: Rows;
  readonly controls: Controls;
  readonly nameOf: (userId: string) => string;
}

/** Columns that say nothing about the claims. */
const HIDDEN_COLUMNS = ["id", "created_at"];

/** Reads the state for the user of a browser. */
export async function readState(
  { observations, rows, controls, nameOf }: StateSources,
  userId: string | undefined,
): Promise<InspectorState> {
  const { switches } = controls;
  if (userId === undefined) return { user: null, row: null, run: null, token: null, switches };
  const row = await rows.read(userId);
  return {
    user: { id: maskUserId(userId), name: nameOf(userId) },
    row: row === undefined ? "unreachable" : row && showRow(row, userId),
    run: observations.runOf(userId) ?? null,
    token: observations.tokenOf(userId) ?? null,
    switches,
  };
}

function showRow(row: Row, userId: string): Row {
  const shown = Object.entries(row).filter(([column]) => !HIDDEN_COLUMNS.includes(column));
  return { ...Object.fromEntries(shown), kinde_id: maskUserId(userId) };
}
