import { asObject, asStringMap, valueAt } from "../estate/kubernetes/json-value.ts";
import type { KubernetesObject } from "../estate/kubernetes/kubernetes-object.ts";
import { objectId } from "../estate/kubernetes/object-index.ts";
import type { Estate } from "../estate/model/estate.ts";
import type { RuleOutcome } from "./rule.ts";

/** What an outcome speaks of, as selectors and annotations see it. */
export interface AuditedObject {
  readonly kind: string;
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
  /** The object of the input; undefined for clusters, tenants and other things that no manifest describes. */
  readonly object: KubernetesObject | undefined;
}

/** Finds the objects that outcomes speak of. Built when the first one is asked for: an estate without findings needs none. */
export interface AuditedObjects {
  readonly of: (outcome: Pick<RuleOutcome, "subject">) => AuditedObject;
}

export function auditedObjects(estate: Estate): AuditedObjects {
  const workloads = new Map(estate.workloads.map(({ id, object }) => [id, object]));
  let others: ReadonlyMap<string, KubernetesObject> | undefined;
  const find = (subject: string): KubernetesObject | undefined => {
    const workload = workloads.get(subject);
    if (workload !== undefined) return workload;
    others ??= new Map(estate.objects.map((placed) => [objectId(placed), placed.object]));
    return others.get(subject);
  };
  return { of: ({ subject }) => describe(subject, find(subject)) };
}

function describe(subject: string, object: KubernetesObject | undefined): AuditedObject {
  if (object === undefined) {
    const segments = subject.split("/");
    return { kind: segments.at(-2) ?? "", name: segments.at(-1) ?? subject, labels: {}, object };
  }
  const labels = asStringMap(asObject(valueAt(object.value, ["metadata"])).labels);
  return { kind: object.kind, name: object.name, labels, object };
}
