/** What `new` writes for one trigger: an example that an author changes into the workflow. */
export interface Template {
  /** When Kinde runs the workflow. */
  when: string;
  /** The member of the enum `WorkflowTrigger`. */
  member: string;
  /** TypeScript type of the event. */
  event: string;
  /** Members that Kinde's types lack, as a type to add to `event`. */
  untyped?: string;
  /** Name of the workflow when the author gives none. */
  name: string;
  imports: readonly string[];
  bindings: readonly string[];
  /** Body of the default function. */
  body: readonly string[];
  /** The same statements in the test of the workflow: the event, and what the run must give. */
  test: { title: string; change?: string; expected: string; actual: string };
}
