import { visible } from "kinde-local";
import { formatAge } from "../../../command/formatAge.ts";
import { alignColumns } from "../../../command/table.ts";
import type { TokenReport } from "./examineToken.ts";
import { isGood } from "./verdict.ts";

/** The report for a person. */
export function toTokenText(report: TokenReport, now = new Date()): string {
  const {
    code,
    why,
    fix,
    issuer,
    client,
    user,
    issuedAt,
    expiresAt,
    claims,
    row,
    notes = [],
  } = report;
  const rows = [
    ["issuer", issuer],
    ["client", client],
    ["user", user],
    ["issued", issuedAt && `${issuedAt.toISOString()}, ${distance(issuedAt, now)}`],
    ["expires", expiresAt && `${expiresAt.toISOString()}, ${distance(expiresAt, now)}`],
    [
      "lifetime",
      issuedAt && expiresAt && formatAge((expiresAt.getTime() - issuedAt.getTime()) / 1000),
    ],
    ["claims", claims && valuesText(claims)],
    ["row now", row === null ? "the user has no row" : row && valuesText(row.claims)],
    ["changed", row && `${row.updatedAt.toISOString()}, ${distance(row.updatedAt, now)}`],
  ].flatMap(([name, value]) => (value ? [[`  ${name}`, value]] : []));
  const lines = [`${isGood(report) ? "✓" : "✗"} ${code}`, alignColumns(rows), `  Why:  ${why}`];
  const noted = notes.map((note) => `  Note: ${note}`);
  return `${[...lines, ...noted, ...(fix ? [`  Fix:  ${fix}`] : [])].filter(Boolean).join("\n")}\n`;
}

export function toTokenJson(report: TokenReport): string {
  return `${JSON.stringify({ ok: isGood(report), ...report }, null, 2)}\n`;
}

function valuesText(values: object): string {
  const pairs = Object.entries(values).map(
    ([name, value]) => `${name}=${visible(JSON.stringify(value))}`,
  );
  return pairs.join(" ") || "no claim of the claim contract";
}

/** Such as `3 min ago` or `in 2 h`. */
function distance(date: Date, now: Date): string {
  const ms = date.getTime() - now.getTime();
  const age = formatAge(Math.abs(ms) / 1000);
  return ms < 0 ? `${age} ago` : `in ${age}`;
}
