import { profileClaims } from "../claims/profileClaims.ts";

/** A line of the printed token with a profile claim. The claims are indented by two spaces. */
const PROFILE_CLAIM = new RegExp(`^ {2}"(${profileClaims.names.join("|")})":`);

export function DecodedToken({ payload }: { payload: Readonly<Record<string, unknown>> }) {
  const lines = JSON.stringify(payload, null, 2).split("\n");
  return (
    // The keyboard can scroll only an element that has the focus.
    <pre className="token" tabIndex={0} role="region" aria-label="Decoded access token">
      <code>
        {lines.map((line) => (
          <span key={line}>
            {PROFILE_CLAIM.test(line) ? <mark>{line}</mark> : line}
            {"\n"}
          </span>
        ))}
      </code>
    </pre>
  );
}
