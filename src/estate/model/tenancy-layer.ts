/**
 * What two tenants can have in common, from the subscription down to one node's counters. A Tenant says per layer
 * whether it wants it `separate`, `bounded` (shared under a limit) or `shared`.
 */
export const tenancyLayers = {
  subscription: "subscription: quotas, throttling of the management API, budgets",
  region: "region: capacity and zone failures",
  physicalHost: "physical host under the virtual machines",
  cluster: "whole cluster",
  controlPlane: "API server, etcd, scheduler",
  clusterScopedApi: "cluster-scoped objects: CRDs, webhooks, ClusterRoles, classes",
  namespace: "namespace: namespaced objects and Secrets",
  schedulingPriority: "scheduling priority and preemption",
  nodePool: "node pool",
  node: "node",
  nodeCompute: "CPU and memory of a node",
  kernel: "kernel of a node",
  pids: "process ids of a node",
  inotify: "inotify instances and watches of a node",
  fileHandles: "file handles of a node",
  conntrack: "connection tracking and neighbour tables of a node",
  snatPorts: "outbound (SNAT) ports",
  ephemeralStorage: "ephemeral storage, inodes and logs of a node",
  diskIops: "disk operations and throughput of a node",
  pageCache: "page cache and memory bandwidth of a node",
  nodeNetwork: "network card of a node",
  podsNetwork: "network between pods",
  egress: "way out of the cluster",
  nodeEndpoints: "node, instance metadata and API server endpoints",
  dns: "cluster DNS",
  ingress: "ingress, gateway and load balancer",
  identity: "identities towards the cloud",
  registry: "image registry",
  gitOpsController: "GitOps controller and its rights",
  storage: "storage driver, accounts and volumes",
  telemetry: "logs and metrics",
} as const satisfies { readonly [layer: string]: string };

export type TenancyLayer = keyof typeof tenancyLayers;

export const tenancyLayerNames = Object.keys(tenancyLayers) as readonly TenancyLayer[];
