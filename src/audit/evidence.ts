import { defaultCluster, defaultNodePools } from "../estate/assumptions/estate-rules.ts";
import type { Estate } from "../estate/model/estate.ts";

/** What keeps a verdict from being given: codes of the closed set of reasons. */
export type MissingEvidence = readonly string[];

/**
 * Whether "there is none" can be said of objects of the estate. It cannot while something could not be read (the object
 * may be in there), nor while the estate is not declared complete (it may be elsewhere). Empty: absence is proven.
 */
export function missingForAbsence(estate: Estate): MissingEvidence {
  const unreadable = estate.diagnostics.some(({ severity, code }) => severity === "error" && !isOfDocuments(code));
  return [...(unreadable ? ["unparsable-dependency"] : []), ...(estate.complete ? [] : ["partial-input"])];
}

/** Errors of Scantling documents (`EST-2nn`) hide no Kubernetes object. */
function isOfDocuments(code: string): boolean {
  return code.startsWith("EST-2");
}

/** Names of the clusters whose node pools nobody declared: what depends on pools cannot be judged there. */
export function clustersWithAssumedPools(estate: Estate): ReadonlySet<string> {
  const rules = new Set<string>([defaultCluster.id, defaultNodePools.id]);
  return new Set(
    estate.assumptions.filter(({ id }) => rules.has(id)).map(({ subject }) => subject.replace(/^Cluster\//, "")),
  );
}
