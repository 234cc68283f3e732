import type { Dependency } from "../dependencies/dependency.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { fieldUnknown } from "../diagnostics/document-diagnostics.ts";
import { entryOf } from "../kubernetes/map-entry.ts";
import type { Journey } from "../model/application.ts";
import type { WorkloadDirectory } from "./workload-directory.ts";

/** What leans on documents. */
export interface Leaning {
  readonly journeys: readonly Journey[];
  readonly dependencies: readonly Dependency[];
  readonly directory: WorkloadDirectory;
}

/**
 * An error in a document leaves more than the document not evaluable: of a Cluster the journeys that run on it, of a
 * DataStore or CloudService the workloads that depend on it and the journeys that come in through it. A field that
 * does not exist takes nothing away: what it may have meant is an assumption.
 */
export function widenAffects(diagnostics: readonly Diagnostic[], leaning: Leaning): readonly Diagnostic[] {
  const isWide = ({ severity, code, affects = [] }: Diagnostic): boolean =>
    severity === "error" &&
    code !== fieldUnknown.code &&
    affects.some((id) => /^(Cluster|DataStore|CloudService)\//.test(id));
  if (!diagnostics.some(isWide)) return diagnostics;
  const dependents = dependentsByDocument(leaning);
  return diagnostics.map((diagnostic) => {
    if (!isWide(diagnostic)) return diagnostic;
    const affects = new Set(diagnostic.affects);
    for (const id of diagnostic.affects ?? []) for (const dependent of dependents.get(id) ?? []) affects.add(dependent);
    return { ...diagnostic, affects: [...affects] };
  });
}

function dependentsByDocument({
  journeys,
  dependencies,
  directory,
}: Leaning): ReadonlyMap<string, ReadonlySet<string>> {
  const dependents = new Map<string, Set<string>>();
  const add = (document: string, dependent: string) =>
    entryOf(dependents, document, () => new Set<string>()).add(dependent);
  for (const { id, entryPoint, through } of journeys) {
    for (const name of entryPoint.through) add(`CloudService/${name}`, id);
    for (const workload of [...entryPoint.workloads, ...through]) {
      const cluster = directory.workload(workload)?.cluster;
      if (cluster !== undefined) add(`Cluster/${cluster}`, id);
    }
  }
  for (const { from, to } of dependencies) {
    if (to.kind === "dataStore") add(`DataStore/${to.name}`, from);
    if (to.kind === "cloudService") add(`CloudService/${to.name}`, from);
  }
  return dependents;
}
