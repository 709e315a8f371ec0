import Link from "next/link";
import type { ProfileClaim, ProfileClaims } from "@/lib/claims/profileClaims";

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

interface Props {
  /** The claims in the token, if a user is signed in. */
  token?: ProfileClaims;
  /** The claims that the row grants, if it could be read. */
  account?: ProfileClaims | undefined;
}

/** Lists the pages. If a user is signed in, it also shows which pages are open. */
export function Doors({ token, account }: Props) {
  return (
    <>
      <h2>The pages</h2>
      <ul className="doors">
        {DOORS.map(({ path, name, for: whom, claim }) => (
          <li key={path}>
            <Link href={path} prefetch={false}>
              {name}
            </Link>
            {token && <State state={stateOf(claim, token, account)} />}{" "}
            <span className="for">for {whom}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function State({ state }: { state: keyof typeof STATES }) {
  const { style, text } = STATES[state];
  return (
    <>
      {" "}
      <span className={`state ${style}`}>{text}</span>
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
  account: Props["account"],
): keyof typeof STATES {
  if (claim === undefined || token[claim]) return "open";
  if (account === undefined) return "unknown";
  return account[claim] ? "open" : "closed";
}
