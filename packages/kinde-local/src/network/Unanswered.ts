import { KindeError } from "../errors.ts";

/**
 * Thrown for a request without an answer. The workflow gets the message, after the method and the
 * URL.
 */
export class Unanswered extends Error {
  readonly code: "NO_ANSWER" | "NOT_RECORDED";
  /** The folder of the recording. */
  readonly folder: string;

  constructor(code: Unanswered["code"], message: string, folder = "") {
    super(message);
    this.code = code;
    this.folder = folder;
  }

  /**
   * Makes one error for all unanswered requests of a run. The keys describe the requests. Null if
   * there are no such requests.
   */
  static toError(requests: ReadonlyMap<string, Unanswered>): KindeError | null {
    const [first] = requests.values();
    if (!first) return null;
    const names = [...requests.keys()];
    const list = names.join(" and ");
    if (first.code === "NOT_RECORDED") {
      return new KindeError(
        "NOT_RECORDED",
        `The recording in ${first.folder} does not hold ${list}. Record it with --record ${first.folder} (in code: record), or give an answer.`,
      );
    }
    const lines = names.map((name) => `--answer '${name}=FILE'`).join(" ");
    const code = names.map((name) => `${JSON.stringify(name)}: { json: {} }`).join(", ");
    return new KindeError(
      "NO_ANSWER",
      `No answer matches ${list}, and the network is off. Add ${lines} (in code: answers: { ${code} }).`,
    );
  }
}
