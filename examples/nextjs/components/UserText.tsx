/**
 * Characters that change the writing direction. They are removed, because one of them could end the
 * isolation that `<bdi>` begins.
 */
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Text that a user typed. Its writing direction cannot reorder the text beside it. */
export function UserText({ text }: { text: string }) {
  return <bdi>{text.replace(DIRECTION_CONTROLS, "")}</bdi>;
}
