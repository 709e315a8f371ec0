import { profileClaims } from "../claims/profileClaims.ts";

/**
 * Matches a line of the printed token that has a profile claim. Claims are indented by two spaces.
 */
const PROFILE_CLAIM = new RegExp(`^ {2}"(${profileClaims.names.join("|")})":`);

export function DecodedToken({ payload }: { payload: Readonly<Record<string, unknown>> }) {
  const lines = JSON.stringify(payload, null, 2).split("\n");
  return (
    // With the keyboard, a user can scroll only an element that can have the focus.
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
