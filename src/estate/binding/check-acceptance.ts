import { contradictoryAcceptance, hostileAcceptsCluster } from "../diagnostics/acceptance-diagnostics.ts";
import type { ValidDocument } from "../kinds/validate-document.ts";
import type { TenancyLayer } from "../model/tenancy-layer.ts";
import type { Trust } from "../model/tenant.ts";
import type { BindingLog } from "./binding-log.ts";

const ofNode: readonly TenancyLayer[] = [
  "nodeCompute",
  "kernel",
  "pids",
  "inotify",
  "fileHandles",
  "conntrack",
  "ephemeralStorage",
  "diskIops",
  "pageCache",
  "nodeNetwork",
];

/** What is apart where the wider layer is. */
const inside: { readonly [outer in "cluster" | "nodePool" | "node"]: readonly TenancyLayer[] } = {
  cluster: ["controlPlane", "clusterScopedApi", "namespace", "nodePool", "node", ...ofNode, "dns", "ingress"],
  nodePool: ["node", ...ofNode],
  node: ofNode,
};

/** Reports what a Tenant says of its layers that does not go together; the stricter holds. */
export function checkAcceptance(document: ValidDocument<"Tenant">, trust: Trust, log: BindingLog): void {
  const declared = document.value.spec?.accepts ?? {};
  for (const [outer, layers] of Object.entries(inside) as [keyof typeof inside, readonly TenancyLayer[]][]) {
    if (declared[outer] !== "separate") continue;
    const inner = layers.find((layer) => declared[layer] === "shared" || declared[layer] === "bounded");
    if (inner === undefined) continue;
    const parameters = { tenant: document.id, outer, inner, accepted: declared[inner] ?? "shared" };
    const place = document.locate(["spec", "accepts", inner]);
    log.report(contradictoryAcceptance, parameters, { place });
  }
  const open = (["cluster", "controlPlane"] as const).find((layer) => (declared[layer] ?? "separate") !== "separate");
  if (trust !== "hostile" || open === undefined) return;
  const layer = open === "cluster" ? "cluster" : "control plane";
  log.report(
    hostileAcceptsCluster,
    { tenant: document.id, layer },
    { place: document.locate(["spec", "accepts", open]) },
  );
}
