import type { Effects, Env, JsonObject, Run, RunError, TokenClaims } from "../types.ts";
import { type Redactor, redactor } from "./redactor.ts";

/**
 * Returns a copy of a run without the values of the secret variables in `env`. Replaces them in
 * what a workflow wrote: values of claims, log arguments, URLs, messages. The run's own words (log
 * levels, token names, triggers, stages) stay unchanged, so the copy has the same shape.
 *
 * @example
 * ```ts
 * const run = await kinde.run({ env });
 * console.log(JSON.stringify(redactRun(run, env)));
 * ```
 */
export function redactRun(run: Run, env: Env): Run {
  return redactWith(run, redactor(env));
}

/** Like `redactRun`, with an existing redactor. */
export function redactWith(run: Run, redact: Redactor): Run {
  const { claims, logs, fetches, effects, error } = run;
  return {
    ...run,
    claims: redactClaims(claims, redact),
    logs: logs.map((entry) => ({ ...entry, arguments: entry.arguments.map(redact.value) })),
    fetches: fetches.map((entry) => ({
      ...entry,
      method: redact.text(entry.method),
      url: redact.text(entry.url),
      ...(entry.error === undefined ? {} : { error: redact.text(entry.error) }),
    })),
    effects: redactEffects(effects, redact),
    error: error && redactError(error, redact),
  };
}

export function redactClaims(claims: TokenClaims, redact: Redactor): TokenClaims {
  return {
    accessToken: redactMembers(claims.accessToken, redact),
    idToken: redactMembers(claims.idToken, redact),
    m2mToken: redactMembers(claims.m2mToken, redact),
  };
}

function redactMembers(claims: JsonObject, redact: Redactor): JsonObject {
  return redact.value(claims) as JsonObject;
}

function redactError(error: RunError, { text }: Redactor): RunError {
  const { name, message, instead, subject } = error;
  return {
    ...error,
    name: text(name),
    message: text(message),
    instead: instead && text(instead),
    subject: subject && text(subject),
  };
}

function redactEffects(effects: Effects, { text }: Redactor): Effects {
  const { accessDenied, invalidFields, planSelectionDenied, planCancellationDenied } = effects;
  const { ssoSessionPolicy } = effects;
  return {
    ...effects,
    accessDenied: accessDenied && { reason: text(accessDenied.reason) },
    ssoSessionPolicy: ssoSessionPolicy && text(ssoSessionPolicy),
    invalidFields: invalidFields.map(({ field, message }) => ({
      field: text(field),
      message: text(message),
    })),
    planSelectionDenied: planSelectionDenied && {
      message: text(planSelectionDenied.message),
      reasons: planSelectionDenied.reasons.map(text),
    },
    planCancellationDenied: planCancellationDenied && {
      message: text(planCancellationDenied.message),
    },
  };
}
