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
  /** What the token of a signed-in user says. */
  token?: ProfileClaims;
  /** What the database says, if it could be read. */
  account?: ProfileClaims | undefined;
}

/** The pages, and which of them are open. */
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

/** The token opens a page. If the account is newer than the token, the account opens it. */
function stateOf(
  claim: ProfileClaim | undefined,
  token: ProfileClaims,
  account: Props["account"],
): keyof typeof STATES {
  if (claim === undefined || token[claim]) return "open";
  if (account === undefined) return "unknown";
  return account[claim] ? "open" : "closed";
}
