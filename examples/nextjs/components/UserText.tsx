/**
 * Characters that change the writing direction. One that ends an isolate would also end the page's
 * own.
 */
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Text that a user typed. Its writing direction cannot turn the text beside it around. */
export function UserText({ text }: { text: string }) {
  return <bdi>{text.replace(DIRECTION_CONTROLS, "")}</bdi>;
}
