import type { Notice } from "../session/notice.ts";

const DONE: Readonly<Record<Notice["kind"], string>> = {
  saved: "Your profile is saved.",
  refreshed: "You have a fresh access token.",
  checked: "Checked just now: your account has no lifetime subscription yet.",
  stillSignedIn: "You are still signed in.",
};

const STILL_OLD = "Kinde still gives out the earlier access token.";
const AWAY = "The sign-in service cannot be reached just now.";

/** Says what the last action did, and whether the access token has the new claims. */
export function NoticeBox({ notice }: { notice: Notice }) {
  const { kind, freshness, isKindeAway } = notice;
  const reason = isKindeAway ? AWAY : STILL_OLD;
  if (kind === "stillSignedIn") return <Alert title={DONE[kind]}>{AWAY}</Alert>;
  if (kind === "refreshed" && !freshness?.arrived) {
    return <Alert title="There is no fresh token yet.">{reason}</Alert>;
  }
  return (
    <>
      <div className="notice" role="status">
        <p>
          <strong>{DONE[kind]}</strong> {freshness?.arrived && describe(freshness)}
        </p>
      </div>
      {freshness && !freshness.arrived && (
        <div className="notice waiting" role="status">
          <p>
            {reason} Your profile is saved, and the pages that need it will open when Kinde issues a
            new token.
          </p>
        </div>
      )}
    </>
  );
}

function Alert({ title, children }: { title: string; children: string }) {
  return (
    <div className="notice bad" role="alert">
      <p>
        <strong>{title}</strong> {children} Try again in a moment.
      </p>
    </div>
  );
}

const HOW = {
  refresh: "Your access token was refreshed",
  revoke: "Your access token was replaced",
  silent: "Kinde replaced your access token silently",
};

function describe({ rung, ms }: NonNullable<Notice["freshness"]>): string {
  if (rung === "none") return "Your access token had the right claims already.";
  return `${HOW[rung]} in ${ms} ms, without a new sign-in.`;
}
