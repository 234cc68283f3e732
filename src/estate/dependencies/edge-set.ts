import { entryOf } from "../kubernetes/map-entry.ts";
import { formatPlace } from "../sources/place.ts";
import type { Dependency, DependencyEvidence, DependencyTarget } from "./dependency.ts";

interface Edge {
  readonly from: string;
  readonly to: DependencyTarget;
  /** By what it says and where, so that nothing is listed twice. */
  readonly evidence: Map<string, DependencyEvidence>;
}

/** Edges under construction: what says the same adds evidence to one edge. */
export interface EdgeSet {
  /** True when the edge is new. */
  add(from: string, to: DependencyTarget, evidence: readonly DependencyEvidence[]): boolean;
  /** Adds evidence to an edge that exists; does nothing otherwise. */
  support(from: string, to: DependencyTarget, evidence: () => DependencyEvidence): void;
  /** Sorted by caller, then by target. */
  dependencies(): readonly Dependency[];
}

/** A key that no two targets share. */
function targetKey(target: DependencyTarget): string {
  switch (target.kind) {
    case "workload":
    case "service":
      return `${target.kind} ${target.id}`;
    case "dataStore":
    case "cloudService":
      return `${target.kind} ${target.name}`;
    case "host":
    case "dangling":
      return `${target.kind} ${target.host}`;
  }
}

export function createEdgeSet(): EdgeSet {
  const edges = new Map<string, Edge>();
  const keyOf = (from: string, to: DependencyTarget) => `${from}\n${targetKey(to)}`;
  const addEvidence = (edge: Edge, evidence: DependencyEvidence) => {
    const key = `${evidence.origin} ${evidence.text} ${formatPlace(evidence.place)}`;
    if (!edge.evidence.has(key)) edge.evidence.set(key, evidence);
  };
  return {
    add: (from, to, evidence) => {
      const isNew = !edges.has(keyOf(from, to));
      const edge = entryOf(edges, keyOf(from, to), (): Edge => ({ from, to, evidence: new Map() }));
      for (const one of evidence) addEvidence(edge, one);
      return isNew;
    },
    support: (from, to, evidence) => {
      const edge = edges.get(keyOf(from, to));
      if (edge !== undefined) addEvidence(edge, evidence());
    },
    dependencies: () =>
      [...edges]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([, { from, to, evidence }]) => ({ from, to, type: "hard", evidence: [...evidence.values()] })),
  };
}
