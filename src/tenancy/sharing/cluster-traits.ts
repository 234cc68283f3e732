import { groupKind } from "../../estate/kubernetes/group-kind.ts";
import { parseImageReference } from "../../estate/kubernetes/image-reference.ts";
import { asList, asObject, asStringMap, asText, valueAt } from "../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";
import { type EgressBounds, type EgressReach, isWider } from "./egress-isolation.ts";

/** What a tenant has on one cluster that others may have too. */
export interface ClusterTraits {
  /** The first of its namespaces, by name, without a quota on pods or object counts. */
  readonly namespaceWithoutQuota: string | undefined;
  /** The workloads whose pods certainly and possibly reach furthest; undefined where the tenant runs nothing. */
  readonly egress: { readonly [bound in keyof EgressBounds]: FurthestWorkload } | undefined;
  /** `ingress class nginx`, `gateway edge/public`, `load balancer shop/web`: the ways in to its pods. */
  readonly waysIn: ReadonlySet<string>;
  /** Client ids of managed identities, each with the service account that carries it. */
  readonly identities: ReadonlyMap<string, string>;
  /** Registries that its images come from. */
  readonly registries: ReadonlySet<string>;
  /** Names of volume handles and file shares behind its PersistentVolumes. */
  readonly volumes: ReadonlySet<string>;
  readonly keepsVolumes: boolean;
  /** GitOps objects that deliver it: how many, and the first with the rights of the controller itself. */
  readonly deliveries: { readonly count: number; readonly unfenced: string | undefined };
  /** Priority of pods, lowest and highest, each with a workload. */
  readonly priorities: readonly { readonly value: number; readonly workload: Workload }[];
}

interface FurthestWorkload {
  readonly reach: EgressReach;
  readonly workload: Workload;
}

const clientIdAnnotation = "azure.workload.identity/client-id";
/** Registry of images that name none. */
const defaultRegistry = "docker.io";

/** What is asked about a tenant on a cluster. */
export interface ClusterTraitInput {
  readonly objects: readonly PlacedObject[];
  readonly workloads: readonly Workload[];
  readonly namespaces: readonly string[];
  readonly egressOf: (workload: Workload) => EgressBounds;
  readonly priorityOf: (workload: Workload) => number;
  /** Volume handles by the claim that they are for, `namespace/name`. */
  readonly volumesOfClaims: ReadonlyMap<string, string>;
}

export function readClusterTraits(input: ClusterTraitInput): ClusterTraits {
  const { objects, workloads, namespaces } = input;
  const limited = new Set(
    objects.filter(({ object }) => object.kind === "ResourceQuota" && boundsObjects(object.value)).map(namespaceOf),
  );
  return {
    namespaceWithoutQuota: namespaces.find((namespace) => !limited.has(namespace)),
    egress: widestEgress(workloads, input.egressOf),
    waysIn: new Set(objects.flatMap(waysInOf)),
    identities: new Map(objects.flatMap(identityOf)),
    registries: registriesOf(workloads),
    volumes: new Set(
      objects.flatMap((placed) =>
        placed.object.kind === "PersistentVolumeClaim"
          ? (input.volumesOfClaims.get(`${namespaceOf(placed)}/${placed.object.name}`) ?? [])
          : [],
      ),
    ),
    keepsVolumes:
      workloads.some(({ claims }) => claims.length > 0) ||
      objects.some(({ object }) => object.kind === "PersistentVolumeClaim"),
    deliveries: deliveriesOf(objects),
    priorities: priorityRange(workloads, input.priorityOf),
  };
}

function namespaceOf({ namespace }: PlacedObject): string {
  return namespace ?? "";
}

function boundsObjects(quota: PlacedObject["object"]["value"]): boolean {
  return Object.keys(asObject(valueAt(quota, ["spec", "hard"]))).some(
    (key) => key === "pods" || key.startsWith("count/"),
  );
}

function waysInOf({ object, namespace }: PlacedObject): readonly string[] {
  const spec = asObject(object.value.spec);
  switch (groupKind(object)) {
    case "Ingress.networking.k8s.io":
    case "Ingress.extensions": {
      const annotated = asStringMap(asObject(object.value.metadata).annotations)["kubernetes.io/ingress.class"];
      return [`ingress class ${asText(spec.ingressClassName) ?? annotated ?? "(default)"}`];
    }
    case "HTTPRoute.gateway.networking.k8s.io":
    case "GRPCRoute.gateway.networking.k8s.io":
    case "TLSRoute.gateway.networking.k8s.io":
    case "TCPRoute.gateway.networking.k8s.io":
      return asList(spec.parentRefs).flatMap((parent) => {
        const { name, namespace: of } = asObject(parent);
        const gateway = asText(name);
        return gateway === undefined ? [] : [`gateway ${asText(of) ?? namespace ?? ""}/${gateway}`];
      });
    case "Service":
      return spec.type === "LoadBalancer" ? [`load balancer of ${namespace ?? ""}/${object.name}`] : [];
    default:
      return [];
  }
}

function identityOf({ object, namespace }: PlacedObject): readonly (readonly [string, string])[] {
  if (object.kind !== "ServiceAccount") return [];
  const clientId = asStringMap(asObject(object.value.metadata).annotations)[clientIdAnnotation];
  return clientId === undefined || clientId === "" ? [] : [[clientId, `${namespace ?? ""}/${object.name}`]];
}

function registriesOf(workloads: readonly Workload[]): ReadonlySet<string> {
  return new Set(
    workloads.flatMap(({ containers }) =>
      containers.flatMap(({ image }) => {
        if (image === undefined) return [];
        const { registry } = parseImageReference(image);
        return [registry ?? defaultRegistry];
      }),
    ),
  );
}

function deliveriesOf(objects: readonly PlacedObject[]): ClusterTraits["deliveries"] {
  const delivering = objects.flatMap(({ object }) => {
    const spec = asObject(object.value.spec);
    switch (groupKind(object)) {
      case "Kustomization.kustomize.toolkit.fluxcd.io":
      case "HelmRelease.helm.toolkit.fluxcd.io":
        return [{ name: `${object.kind}/${object.name}`, fenced: asText(spec.serviceAccountName) !== undefined }];
      case "Application.argoproj.io":
        return [{ name: `${object.kind}/${object.name}`, fenced: (asText(spec.project) ?? "default") !== "default" }];
      default:
        return [];
    }
  });
  return { count: delivering.length, unfenced: delivering.find(({ fenced }) => !fenced)?.name };
}

function widestEgress(
  workloads: readonly Workload[],
  egressOf: (workload: Workload) => EgressBounds,
): ClusterTraits["egress"] {
  const certain = furthest(workloads, (workload) => egressOf(workload).certain);
  const possible = furthest(workloads, (workload) => egressOf(workload).possible);
  return certain === undefined || possible === undefined ? undefined : { certain, possible };
}

/** The first of those that reach furthest. */
function furthest(
  workloads: readonly Workload[],
  reachOf: (workload: Workload) => EgressReach,
): FurthestWorkload | undefined {
  let found: FurthestWorkload | undefined;
  for (const workload of workloads) {
    const reach = reachOf(workload);
    if (found === undefined || isWider(reach, found.reach)) found = { reach, workload };
  }
  return found;
}

function priorityRange(
  workloads: readonly Workload[],
  priorityOf: (workload: Workload) => number,
): ClusterTraits["priorities"] {
  const ranked = workloads
    .map((workload) => ({ workload, value: priorityOf(workload) }))
    .toSorted((left, right) => left.value - right.value);
  const [lowest] = ranked;
  const highest = ranked.at(-1);
  return lowest === undefined || highest === undefined ? [] : [lowest, highest];
}
