import type { RealmProcess } from "../realm/parent/RealmProcess.ts";
import type { Project } from "./findProject.ts";
import { type LoadedWorkflow, loadWorkflow } from "./loadWorkflow.ts";

/** Keeps loaded workflows until one of their files changes. */
export class WorkflowCache {
  readonly #loaded = new Map<string, Promise<LoadedWorkflow>>();

  async load(file: string, project: Project, realms: RealmProcess): Promise<LoadedWorkflow> {
    const known = await this.#loaded.get(file);
    // A workflow that failed to bundle has no list of inputs, so it is bundled again.
    if (known?.bundle && known.inputs.areCurrent()) return known;
    const loading = loadWorkflow(file, project, realms);
    this.#loaded.set(file, loading);
    return loading;
  }
}
