/**
 * Characters that change the writing direction. One that ends an isolate would also end the page's
 * own.
 */
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text that a user typed. It keeps its writing direction to itself, so a name cannot turn the text
 * beside it around.
 */
export function UserText({ children }: { children: string }) {
  return <bdi>{children.replace(DIRECTION_CONTROLS, "")}</bdi>;
}
