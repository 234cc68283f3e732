import { type TenancyLayer, tenancyLayerNames } from "../model/tenancy-layer.ts";
import type { Sharing, Trust } from "../model/tenant.ts";

type Acceptance = { readonly [layer in TenancyLayer]?: Sharing };

const SEPARATE_FOR_INTERNAL: Acceptance = {
  namespace: "separate",
  identity: "separate",
  podsNetwork: "separate",
  nodeCompute: "bounded",
  pids: "bounded",
};

const SEPARATE_FOR_EXTERNAL: Acceptance = {
  ...SEPARATE_FOR_INTERNAL,
  node: "separate",
  nodePool: "separate",
  kernel: "separate",
  pids: "separate",
  inotify: "separate",
  ephemeralStorage: "separate",
  diskIops: "separate",
  ingress: "bounded",
  nodeEndpoints: "separate",
};

/** Layers that go beyond one cluster; all others are separate where the cluster is. */
const LAYERS_ABOVE_CLUSTER: ReadonlySet<TenancyLayer> = new Set([
  "subscription",
  "region",
  "physicalHost",
  "registry",
  "telemetry",
]);

/** What changes the defaults of a tenant beside its trust. */
export interface AcceptanceGrounds {
  /** Its class of data is not that of every other tenant. */
  readonly differentClassification?: boolean;
  /** It says itself that it accepts a cluster or control plane in common. */
  readonly acceptsCluster?: boolean;
}

/**
 * What a tenant accepts to share when it does not say, by trust: a team shares everything; internal tenants want objects,
 * identity and network apart and node resources bounded; external ones kernel, node and ingress too; hostile ones a
 * cluster, or what external ones want where they accept a common cluster. Where classes of data differ, the way out is
 * apart too. Source: AKS documentation, concepts-multi-tenancy and secure-container-access.
 */
export function defaultAcceptance(
  trust: Trust,
  { differentClassification = false, acceptsCluster = false }: AcceptanceGrounds,
): { readonly [layer in TenancyLayer]: Sharing } {
  const network: Acceptance = differentClassification ? { podsNetwork: "separate", egress: "separate" } : {};
  const wanted: Acceptance = { ...acceptanceByTrust(trust, acceptsCluster), ...network };
  return Object.fromEntries(tenancyLayerNames.map((layer) => [layer, wanted[layer] ?? "shared"])) as {
    readonly [layer in TenancyLayer]: Sharing;
  };
}

function acceptanceByTrust(trust: Trust, acceptsCluster: boolean): Acceptance {
  switch (trust) {
    case "team":
      return {};
    case "internal":
      return SEPARATE_FOR_INTERNAL;
    case "external":
      return SEPARATE_FOR_EXTERNAL;
    case "hostile":
      return acceptsCluster ? SEPARATE_FOR_EXTERNAL : separateInCluster();
  }
}

function separateInCluster(): Acceptance {
  const layers = tenancyLayerNames.filter((layer) => !LAYERS_ABOVE_CLUSTER.has(layer));
  return Object.fromEntries(layers.map((layer) => [layer, "separate"]));
}
