import type { TenancyLayer } from "../../estate/model/tenancy-layer.ts";

/** A layer as people say it. */
interface LayerWords {
  readonly one: string;
  readonly the: string;
  /** Shared by what may happen, not by what is: pods may be placed together, or reach each other. */
  readonly may: boolean;
}

function the(noun: string, may = false): LayerWords {
  return { one: `the ${noun}`, the: `the ${noun}`, may };
}

function one(noun: string, may = false): LayerWords {
  return { one: `a ${noun}`, the: `the ${noun}`, may };
}

/** In the order in which a gap hurts most: what an attacker crosses first, what an accident brings down next. */
const wordsByLayer: { readonly [layer in TenancyLayer]: LayerWords } = {
  kernel: { one: "the kernel of a node", the: "the kernel of a node", may: true },
  podsNetwork: the("pod network", true),
  namespace: one("namespace"),
  identity: one("managed identity"),
  nodePool: one("node pool", true),
  node: one("node", true),
  clusterScopedApi: the("cluster-scoped API"),
  controlPlane: the("control plane"),
  cluster: one("cluster"),
  nodeEndpoints: the("instance metadata of the nodes"),
  egress: the("way out"),
  pids: the("process table of a node", true),
  inotify: the("inotify budget of a node", true),
  conntrack: the("connection table of a node", true),
  nodeCompute: the("CPU and memory of a node", true),
  diskIops: the("disk of a node", true),
  ephemeralStorage: the("ephemeral storage of a node", true),
  schedulingPriority: the("scheduling priority"),
  ingress: the("way in"),
  dns: the("cluster DNS"),
  gitOpsController: the("GitOps controller"),
  storage: the("storage"),
  registry: the("image cache or registry"),
  fileHandles: the("file table of a node", true),
  pageCache: the("page cache of a node", true),
  nodeNetwork: the("network card of a node", true),
  snatPorts: the("pool of outbound ports"),
  physicalHost: one("physical host", true),
  subscription: one("subscription"),
  telemetry: the("telemetry"),
  region: one("region"),
};

const order: ReadonlyMap<string, number> = new Map(Object.keys(wordsByLayer).map((layer, place) => [layer, place]));

export function layerWords(layer: TenancyLayer): LayerWords {
  return wordsByLayer[layer];
}

/** Compares layers by how much a gap in them hurts, worst first. */
export function byHurt(left: TenancyLayer, right: TenancyLayer): number {
  return (order.get(left) ?? order.size) - (order.get(right) ?? order.size);
}
