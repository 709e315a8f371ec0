import { error } from "@sveltejs/kit";
import { PROBLEMS, type ProblemCode } from "../../problems.ts";

/** Answers with the page that explains a problem. */
export function failWith(status: number, code: ProblemCode): never {
  error(status, { message: PROBLEMS[code].title, code });
}
