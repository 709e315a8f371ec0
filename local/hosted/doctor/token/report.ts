import { alignColumns } from "../../../command/table.ts";
import type { TokenReport } from "./examineToken.ts";
import { isGood } from "./verdict.ts";

const MINUTE_MS = 60_000;

/** The report for a person. */
export function toTokenText(report: TokenReport, now = new Date()): string {
  const { code, why, fix, issuer, client, user, issuedAt, expiresAt, claims, row } = report;
  const rows = [
    ["issuer", issuer],
    ["client", client],
    ["user", user],
    ["issued", issuedAt && `${issuedAt.toISOString()}, ${distance(issuedAt, now)}`],
    ["expires", expiresAt && `${expiresAt.toISOString()}, ${distance(expiresAt, now)}`],
    ["lifetime", issuedAt && expiresAt && span(expiresAt.getTime() - issuedAt.getTime())],
    ["claims", claims && valuesText(claims)],
    ["row now", row === null ? "there is none" : row && valuesText(row.claims)],
    ["changed", row && `${row.updatedAt.toISOString()}, ${distance(row.updatedAt, now)}`],
  ].flatMap(([name, value]) => (value ? [[`  ${name}`, value]] : []));
  const lines = [`${isGood(report) ? "✓" : "✗"} ${code}`, alignColumns(rows), `  Why:  ${why}`];
  return `${[...lines, ...(fix ? [`  Fix:  ${fix}`] : [])].filter(Boolean).join("\n")}\n`;
}

export function toTokenJson(report: TokenReport): string {
  return `${JSON.stringify({ ok: isGood(report), ...report }, null, 2)}\n`;
}

function valuesText(values: object): string {
  const pairs = Object.entries(values).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return pairs.join(" ") || "none of the contract";
}

/** Such as `3 min ago` or `in 2 h`. */
function distance(date: Date, now: Date): string {
  const ms = date.getTime() - now.getTime();
  return ms < 0 ? `${span(-ms)} ago` : `in ${span(ms)}`;
}

function span(ms: number): string {
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes < 1) return `${Math.round(ms / 1000)} s`;
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}
