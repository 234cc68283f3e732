import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import { snapshotShape, snapshotUnreadable } from "../../../estate/diagnostics/scheduling-diagnostics.ts";
import { asList, asObject, asText, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { Place } from "../../../estate/sources/place.ts";

/** One cluster at one moment with the pods that wait, as Kubernetes objects in the order given. */
export interface ClusterSnapshot {
  readonly id: string;
  readonly nodes: readonly unknown[];
  /** Pods with `spec.nodeName`. */
  readonly existing: readonly unknown[];
  /** Services, controllers, namespaces, budgets and storage objects, each with its `kind`. */
  readonly objects: readonly unknown[];
  readonly pods: readonly unknown[];
}

/** Snapshots of a text, and what of it is none. */
export interface SnapshotReading {
  readonly snapshots: readonly ClusterSnapshot[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Lists that need no `kind` in their entries, and the kind that they hold. */
const namedLists: readonly (readonly [field: string, kind: string])[] = [
  ["services", "Service"],
  ["replicaSets", "ReplicaSet"],
  ["statefulSets", "StatefulSet"],
  ["replicationControllers", "ReplicationController"],
  ["namespaces", "Namespace"],
  ["podDisruptionBudgets", "PodDisruptionBudget"],
  ["persistentVolumes", "PersistentVolume"],
  ["persistentVolumeClaims", "PersistentVolumeClaim"],
  ["storageClasses", "StorageClass"],
  ["csiNodes", "CSINode"],
  ["csiDrivers", "CSIDriver"],
  ["csiStorageCapacities", "CSIStorageCapacity"],
];

/** True for a text whose first line, or whole, is a snapshot; documents of an estate are not. */
export function looksLikeSnapshot(text: string): boolean {
  const start = text.trimStart();
  return (
    (start.startsWith("{") || start.startsWith("[")) && /"pods"\s*:\s*\[/.test(text) && /"nodes"\s*:\s*\[/.test(text)
  );
}

/**
 * Reads snapshots from JSON: one object, a list of objects, or one object a line. `source` names the text in the places of
 * diagnostics. What is no snapshot is diagnosed and left out.
 */
export function readSnapshots(text: string, source: string): SnapshotReading {
  const diagnostics: Diagnostic[] = [];
  const snapshots = readValues(text, source, diagnostics).flatMap(
    ({ value, line }, index): readonly ClusterSnapshot[] => {
      const id = asText(asObject(value).id) ?? `case-${index + 1}`;
      const problem = problemOf(value);
      if (problem === undefined) return [toSnapshot(id, asObject(value))];
      diagnostics.push(
        diagnose(snapshotShape, { snapshot: id, problem }, { place: { source, line, column: 1, precision: "exact" } }),
      );
      return [];
    },
  );
  return { snapshots, diagnostics };
}

interface WrittenValue {
  readonly value: unknown;
  readonly line: number;
}

function readValues(text: string, source: string, diagnostics: Diagnostic[]): readonly WrittenValue[] {
  const whole = parse(text);
  if (whole.kind === "value") {
    const values = Array.isArray(whole.value) ? whole.value : [whole.value];
    return values.map((value: unknown) => ({ value, line: 1 }));
  }
  return text.split("\n").flatMap((written, index) => {
    if (written.trim() === "") return [];
    const parsed = parse(written);
    if (parsed.kind === "value") return [{ value: parsed.value, line: index + 1 }];
    const place: Place = { source, line: index + 1, column: 1, precision: "exact" };
    diagnostics.push(diagnose(snapshotUnreadable, { line: index + 1, problem: parsed.problem }, { place }));
    return [];
  });
}

function parse(
  text: string,
): { readonly kind: "value"; readonly value: unknown } | { readonly kind: "problem"; readonly problem: string } {
  try {
    return { kind: "value", value: JSON.parse(text) as unknown };
  } catch (error) {
    return { kind: "problem", problem: error instanceof Error ? error.message : String(error) };
  }
}

function problemOf(value: unknown): string | undefined {
  if (!isJsonObject(value)) return "it is not an object";
  for (const field of ["nodes", "pods"]) if (!Array.isArray(value[field])) return `its field ${field} is not a list`;
  for (const field of ["existing", "objects", ...namedLists.map(([name]) => name)]) {
    if (value[field] !== undefined && value[field] !== null && !Array.isArray(value[field]))
      return `its field ${field} is not a list`;
  }
  return undefined;
}

function toSnapshot(id: string, value: { readonly [field: string]: unknown }): ClusterSnapshot {
  const listed = namedLists.flatMap(([field, kind]) =>
    asList(value[field]).map((each) => ({ ...asObject(each), kind })),
  );
  return {
    id,
    nodes: asList(value.nodes),
    existing: asList(value.existing),
    objects: [...listed, ...asList(value.objects)],
    pods: asList(value.pods),
  };
}
