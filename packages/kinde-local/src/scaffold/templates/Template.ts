/**
 * What `new` writes for one trigger: an example that the author replaces with the real workflow.
 */
export interface Template {
  /** Completes the sentence "Kinde runs the workflow when …". */
  when: string;
  /** The member of the enum `WorkflowTrigger`. */
  member: string;
  /** TypeScript type of the event. */
  event: string;
  /** Members that Kinde's type of the event lacks, as a type to add to it. */
  untyped?: string;
  /** Name of the workflow if the author chooses no other. */
  name: string;
  imports: readonly string[];
  bindings: readonly string[];
  /** Body of the default function. */
  body: readonly string[];
  /**
   * The test of the workflow: its title, a change of the event, and the expected and the actual
   * value.
   */
  test: { title: string; change?: string; expected: string; actual: string };
}
