import { CLAIM_TEXTS } from "@/lib/claims/claimTexts";
import { type ProfileClaim, type ProfileClaims, profileClaims } from "@/lib/claims/profileClaims";

interface Props {
  /** The claims in the access token. */
  token: ProfileClaims;
  /** The claims that the row grants, or undefined if the row could not be read. */
  account: ProfileClaims | undefined;
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
        <div key={name} className={account === undefined ? "unknown" : token[name] ? "on" : "off"}>
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

function sentence(name: ProfileClaim, token: ProfileClaims, account: Props["account"]): string {
  if (account === undefined) return "Your account could not be checked just now.";
  const state = account[name] ? CLAIM_TEXTS[name].whenTrue : CLAIM_TEXTS[name].whenFalse;
  return account[name] === token[name] ? state : `${state} Your access token does not say so yet.`;
}
