import { Link } from "react-router";
import type { ProfileClaim, ProfileClaims } from "../claims/profileClaims.ts";
import type { Reading } from "../profiles/useOwnProfile.ts";

interface Door {
  readonly path: string;
  readonly name: string;
  readonly for: string;
  readonly claim?: ProfileClaim;
}

const DOORS: readonly Door[] = [
  { path: "/profile", name: "Profile", for: "everybody who is signed in" },
  {
    path: "/workspace",
    name: "Workspace",
    for: "users whose profile is complete",
    claim: "profile_complete",
  },
  { path: "/members", name: "Members", for: "lifetime subscribers", claim: "lifetime_subscriber" },
];

const STATES = {
  open: { style: "on", text: "open" },
  closed: { style: "off", text: "closed" },
  unknown: { style: "unknown", text: "could not be checked" },
};

/** Lists the pages. If a user is signed in, it also shows which pages are open. */
export function Doors({ token, account }: { token?: ProfileClaims; account?: Reading }) {
  return (
    <>
      <h2>The pages</h2>
      <ul className="doors">
        {DOORS.map(({ path, name, claim, for: users }) => {
          const state = token && account && STATES[stateOf(claim, token, account)];
          return (
            <li key={path}>
              <Link to={path}>{name}</Link>
              {state && <span className={`state ${state.style}`}>{state.text}</span>}
              <span className="for">for {users}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/**
 * A page is open if the token or the row grants its claim. If only the row grants the claim, the
 * guard of the page fetches a fresh token.
 */
function stateOf(
  claim: ProfileClaim | undefined,
  token: ProfileClaims,
  account: Reading,
): keyof typeof STATES {
  if (claim === undefined || token[claim]) return "open";
  if (account.status === "failed") return "unknown";
  return account.status === "ready" && account.row[claim] ? "open" : "closed";
}
