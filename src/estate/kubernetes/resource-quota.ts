import type { Place } from "../sources/place.ts";
import { readComputeResources } from "./compute-resources.ts";
import { asList, asObject, asStringMap, type StringMap } from "./json-value.ts";
import { type NamespaceScope, type ObjectIndex, objectId } from "./object-index.ts";
import type { ComputeResources } from "./workload.ts";

/** A ResourceQuota with its compute limits in base units. */
export interface ResourceQuota extends NamespaceScope {
  readonly id: string;
  readonly name: string;
  /** `spec.hard` as written. */
  readonly hard: StringMap;
  /** `requests.cpu` (or its old name `cpu`), `requests.memory`, `requests.ephemeral-storage`. */
  readonly requests: ComputeResources;
  readonly limits: ComputeResources;
  /** It holds only for some pods (`scopes`, `scopeSelector`), so not for an ordinary one. */
  readonly scoped: boolean;
  readonly place: Place;
}

export function readResourceQuotas(index: ObjectIndex): readonly ResourceQuota[] {
  return index.ofKind("ResourceQuota").map((placed) => {
    const { environment, cluster, namespace, object } = placed;
    const spec = asObject(object.value.spec);
    const hard = asStringMap(spec.hard);
    return {
      environment,
      cluster,
      namespace,
      id: objectId(placed),
      name: object.name,
      hard,
      requests: readComputeResources({
        cpu: hard["requests.cpu"] ?? hard.cpu,
        memory: hard["requests.memory"] ?? hard.memory,
        "ephemeral-storage": hard["requests.ephemeral-storage"] ?? hard["ephemeral-storage"],
      }),
      limits: readComputeResources({
        cpu: hard["limits.cpu"],
        memory: hard["limits.memory"],
        "ephemeral-storage": hard["limits.ephemeral-storage"],
      }),
      scoped: asList(spec.scopes).length > 0 || asList(asObject(spec.scopeSelector).matchExpressions).length > 0,
      place: object.locate([]),
    };
  });
}
