/** What a declared or a billed line is of: lines of both sides with the same key are compared. */
export interface BillItem {
  readonly kind: ItemKind;
  /** The item for people. */
  readonly label: string;
  readonly cluster?: string | undefined;
}

export type ItemKind =
  | "node"
  | "osDisk"
  | "dataDisk"
  | "fileShare"
  | "loadBalancer"
  | "publicIp"
  | "natGateway"
  | "clusterTier"
  | "defender"
  | "egress"
  | "unusedCommitment"
  | "resource"
  | "service"
  | "purchase"
  | "tax"
  | "credit"
  | "otherService"
  | "allocation";

const ofCluster: { readonly [kind in ItemKind]?: string } = {
  osDisk: "OS disks",
  dataDisk: "data disks",
  fileShare: "file shares",
  loadBalancer: "load balancer",
  publicIp: "public IPs",
  natGateway: "NAT gateway",
  clusterTier: "cluster tier",
  defender: "Defender for Containers",
  egress: "data transfer",
};

/** The item of a kind that every cluster has once. */
export function clusterItem(kind: ItemKind, cluster: string): BillItem {
  return { kind, cluster, label: `${cluster}: ${ofCluster[kind] ?? kind}` };
}

export function nodeItem(cluster: string, pool: string): BillItem {
  return { kind: "node", cluster, label: `${cluster}: nodes of ${pool}` };
}

/** Names of services without what Azure puts before them. */
export function bareService(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/\b(azure|microsoft|service)\b/g, "")
    .replaceAll(/[^a-z0-9]/g, "");
}

/** Names of resources as they may be written on both sides. */
export function bareName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

export function itemKey({ kind, label }: BillItem): string {
  return `${kind}\n${label}`;
}
