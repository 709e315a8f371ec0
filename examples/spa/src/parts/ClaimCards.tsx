import { CLAIM_TEXTS } from "../claims/claimTexts.ts";
import { type ProfileClaim, type ProfileClaims, profileClaims } from "../claims/profileClaims.ts";
import type { Reading } from "../profiles/useOwnProfile.ts";

interface Props {
  readonly token: ProfileClaims;
  readonly account: Reading;
}

/**
 * The claims in the token, each with a sentence about the account. A token that was issued while
 * the database was away has the same claims as the token of a user without a profile, so the
 * sentence never comes from the token alone.
 */
export function ClaimCards({ token, account }: Props) {
  return (
    <dl className="claims">
      {profileClaims.names.map((name) => (
        <div key={name} className={styleOf(token[name], account)}>
          <dt>
            {CLAIM_TEXTS[name].label} <code>{name}</code>
          </dt>
          <dd>
            <strong>{String(token[name])}</strong> <span>{sentence(name, token, account)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function styleOf(value: boolean, account: Reading): string {
  if (account.status === "failed") return "unknown";
  return value ? "on" : "off";
}

function sentence(name: ProfileClaim, token: ProfileClaims, account: Reading): string {
  if (account.status === "loading") return "Your account is being checked.";
  if (account.status === "failed") return "Your account could not be checked just now.";
  const value = account.row[name];
  const state = value ? CLAIM_TEXTS[name].whenTrue : CLAIM_TEXTS[name].whenFalse;
  return value === token[name] ? state : `${state} Your access token does not say so yet.`;
}
