import { type Html, html } from "../web/html.ts";

/**
 * Characters that change the writing direction. A character that ends an isolate would also end
 * the `<bdi>` of the page.
 */
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text that a user typed, in markup that isolates its writing direction: a name cannot reverse the
 * text beside it, and so cannot look like another row or another button.
 */
export function userText(text: string): Html {
  return html`<bdi>${text.replace(DIRECTION_CONTROLS, "")}</bdi>`;
}

/** A user's id with its middle left out, for a message that names the user. */
export function maskUserId(userId: string): string {
  return `${/^kp[_:]/.exec(userId)?.[0] ?? ""}…${userId.slice(-4)}`;
}
