/// <reference lib="esnext.disposable" preserve="true" />
// Declares AsyncDisposable, which `Kinde` extends. The libraries of older targets do not have it.
import { resolve } from "node:path";
import * as esbuild from "./bundle/esbuild.ts";
import { checkOne, checkProject } from "./check/checkProject.ts";
import type { Finding } from "./check/Finding.ts";
import { mergeLimits, mergeUnknowns } from "./defaults.ts";
import { KindeError } from "./errors.ts";
import { buildEvent } from "./events/buildEvent.ts";
import { readAnswers } from "./network/answers/readAnswers.ts";
import { openNetwork } from "./network/openNetwork.ts";
import { chooseWorkflow, filesNamed } from "./project/chooseWorkflow.ts";
import { findProject, mainFile, type Project } from "./project/findProject.ts";
import { findWorkflowFiles } from "./project/findWorkflowFiles.ts";
import { type LoadedWorkflow, workflowInfo } from "./project/loadWorkflow.ts";
import { projectFolder } from "./project/projectFolder.ts";
import type { Settings } from "./project/readSettings.ts";
import { WorkflowCache } from "./project/WorkflowCache.ts";
import { type InspectAddress, inspectAddress } from "./realm/parent/inspectAddress.ts";
import { inspectable, program } from "./realm/parent/program.ts";
import { RealmProcess } from "./realm/parent/RealmProcess.ts";
import { realmSetup } from "./realm/parent/realmSetup.ts";
import { resetClaims, tokenClaims } from "./run/claims.ts";
import { failedRun, type RunInputs, toRun } from "./run/toRun.ts";
import { ProjectSettings } from "./settings/ProjectSettings.ts";
import type {
  CheckOptions,
  KindeOptions,
  Run,
  RunOptions,
  Unknowns,
  WorkflowInfo,
} from "./types.ts";

/** Kinde's workflow runtime for one project. */
export interface Kinde extends AsyncDisposable {
  /**
   * Runs one workflow once, in a fresh realm. Errors of the workflow are in the run.
   *
   * @throws {KindeError} for a project or options that cannot be used; CLOSED after `close`;
   * PROCESS_LOST if the realm's process is lost; NO_ANSWER or NOT_RECORDED for a request without an
   * answer
   */
  run(options?: RunOptions): Promise<Run>;
  /** Returns every workflow of the project: id, trigger, file and failure policy. */
  workflows(): Promise<WorkflowInfo[]>;
  /** Finds what Sync code would refuse, and what would go wrong in a run. */
  check(options?: CheckOptions): Promise<Finding[]>;
  /**
   * Returns every source file of the workflows, and the configuration files that they depend on.
   */
  inputs(): Promise<string[]>;
  /**
   * Ends the processes of the realms. The last open runtime also ends the bundler's process. May be
   * called twice.
   */
  close(): Promise<void>;
}

/**
 * Creates a runtime. It starts nothing until its first use. A process that forgets `close` can
 * still exit.
 *
 * @throws {KindeError} BAD_OPTION for `unknowns`, `limits`, `inspect` or `answers` that cannot be
 * used; BAD_INPUT if the file of an answer cannot be read.
 */
export function createKinde(options: KindeOptions = {}): Kinde {
  mergeUnknowns(options.unknowns);
  const limits = mergeLimits(options.limits);
  const inspector = options.inspect === undefined ? null : inspectAddress(options.inspect);
  const runtime = { ...options, prepared: readAnswers(options.answers) };
  const processes = new Map<string, RealmProcess>();
  const cache = new WorkflowCache();
  const start = resolve(options.project ?? ".");
  const settingsFile = options.settings ? new ProjectSettings(() => projectFolder(start)) : null;
  let closed = false;
  esbuild.open();

  function processWith(memoryMb: number, inspect: InspectAddress | null = null): RealmProcess {
    if (closed) throw isClosedError();
    const key = `${memoryMb} ${inspect !== null}`;
    const known = processes.get(key) ?? new RealmProcess(memoryMb, inspect);
    processes.set(key, known);
    return known;
  }

  function openProject(): Project {
    if (closed) throw isClosedError();
    return findProject(start);
  }

  /**
   * Loads the workflow files with this path or file name. If no file matches, loads all workflows.
   */
  function load(name?: string): Promise<LoadedWorkflow[]> {
    const project = openProject();
    const files = findWorkflowFiles(project);
    const named = name === undefined ? [] : filesNamed(files, name);
    const chosen = named.length > 0 ? named : files;
    const realms = processWith(limits.memoryMb);
    return Promise.all(chosen.map((file) => cache.load(file, project, realms)));
  }

  async function run(runOptions: RunOptions = {}): Promise<Run> {
    // Wrong claims, limits and unknowns are refused before anything starts.
    const claims = tokenClaims(runOptions.claims);
    mergeLimits(options.limits, runOptions.limits);
    mergeUnknowns(options.unknowns, runOptions.unknowns);
    const all = await load(runOptions.workflow);
    const loaded = chooseWorkflow(all, runOptions.workflow);
    const { bundle, settings, failed } = loaded;
    if (runOptions.workflow === undefined) await refuseUnknownWorkflows(all);
    const own = await settingsFile?.of(settings.id);
    const inputs: RunInputs = {
      claims,
      limits: mergeLimits(...(own?.limits ?? []), options.limits, runOptions.limits),
      unknowns: mergeUnknowns(...(own?.unknowns ?? []), options.unknowns, runOptions.unknowns),
    };
    if (failed || !bundle) return failedRun(loaded, inputs);
    inputs.claims = resetClaims(inputs.claims, settings.bindings);
    const env = { ...own?.env, ...(runOptions.env ?? options.env) };
    const { memoryMb, timeMs } = inputs.limits;
    const inspect = inspector !== null;
    const event = buildEvent(settings.trigger, runOptions);
    // A caller's own `fetch` or `replay` also replaces the answers of the settings file.
    const isReplaced = [runOptions, options].some(({ fetch, replay }) => fetch ?? replay);
    const fromFile = isReplaced ? [] : readAnswers(own?.answers);
    const prepared = [...runtime.prepared, ...fromFile];
    const network = openNetwork(runOptions, { ...runtime, prepared }, { event, env });
    const result = await processWith(memoryMb, inspector).run(
      {
        kind: "run",
        ...(inspect ? inspectable(bundle, loaded.file) : program(bundle, loaded.file)),
        setup: realmSetup(
          bundle,
          declaredBindings(settings.bindings, inputs.unknowns),
          env,
          inputs.claims,
          options.localization ?? {},
          inputs.unknowns,
        ),
        event: JSON.stringify(event),
        timeMs: inspect ? 0 : timeMs,
        inspect,
      },
      { unknowns: inputs.unknowns, send: network.send },
    );
    const problem = network.problem();
    if (problem) throw problem;
    return toRun(loaded, bundle, result, inputs);
  }

  async function check({ workflow, env, envFile }: CheckOptions = {}): Promise<Finding[]> {
    const project = openProject();
    const file = envFile ?? mainFile(project);
    const own = await settingsFile?.allVariables();
    const given = env ? { env: { ...own?.env, ...env }, file } : (own ?? null);
    if (workflow !== undefined) {
      const chosen = chooseWorkflow(await load(workflow), workflow);
      if (project.singleFile === null) return checkOne(chosen, project, given);
    }
    const all: LoadedWorkflow[] = [];
    const loadOne = async (path: string): Promise<LoadedWorkflow> => {
      const loaded = await cache.load(path, project, processWith(limits.memoryMb));
      all.push(loaded);
      return loaded;
    };
    const findings = await checkProject(project, loadOne, given);
    await refuseUnknownWorkflows(all);
    return findings;
  }

  /**
   * Refuses settings for a workflow that the project does not have. Refuses nothing if a workflow
   * cannot be loaded: its id may be unknown, so it may be the one that the settings name.
   */
  async function refuseUnknownWorkflows(all: readonly LoadedWorkflow[]): Promise<void> {
    if (all.some(({ failed }) => failed)) return;
    await settingsFile?.refuseUnknownWorkflows(all.map(({ settings }) => settings.id));
  }

  async function inputs(): Promise<string[]> {
    const ofWorkflows = (await load()).flatMap((loaded) => loaded.inputs.paths);
    return [...new Set([...ofWorkflows, ...((await settingsFile?.inputs()) ?? [])])];
  }

  async function close(): Promise<void> {
    if (closed) return;
    closed = true;
    await Promise.all([...processes.values()].map((realms) => realms.close()));
    await esbuild.close();
  }

  return {
    run,
    check,
    inputs,
    workflows: async () => (await load()).map(workflowInfo),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function isClosedError(): KindeError {
  return new KindeError("CLOSED", "This runtime is closed. Create another with createKinde().");
}

/** The bindings of a run: the declared ones, and those that exist without a declaration. */
function declaredBindings(bindings: Settings["bindings"], unknowns: Unknowns) {
  return {
    ...(unknowns.undeclaredConsole === "provided" ? { console: {} } : {}),
    ...(unknowns.undeclaredFetch === "provided" ? { "kinde.fetch": {} } : {}),
    ...bindings,
  };
}
