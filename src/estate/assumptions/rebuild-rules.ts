import type { AssumptionRule } from "./assumption-rule.ts";

/** Minutes that a step may take: where all goes well, as a rule, and on a bad day. */
export interface MinutesRange {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

/**
 * Steps of a rebuild whose times no input says. Nodes: AKS documents 2 to 5 minutes for the provisioning of a virtual
 * machine (concepts-scale, 2026). Entry: a record's time to live and the roll-out of a global entry's configuration.
 * Nothing else is published; these are planning values until a drill has measured them.
 */
export const rebuildMinutes = {
  decision: { low: 5, likely: 15, high: 60 },
  network: { low: 1, likely: 3, high: 10 },
  firewall: { low: 5, likely: 8, high: 20 },
  controlPlane: { low: 4, likely: 7, high: 15 },
  privateEndpoint: { low: 1, likely: 2, high: 5 },
  nodes: { low: 2, likely: 190 / 60, high: 5 },
  agent: { low: 1, likely: 3, high: 8 },
  reconciliation: { low: 0.2, likely: 1, high: 5 },
  imagePull: { low: 0.05, likely: 0.15, high: 0.5 },
  secrets: { low: 0.2, likely: 1, high: 5 },
  volume: { low: 0.5, likely: 1, high: 3 },
  restoreStart: { low: 2, likely: 5, high: 20 },
  loadBalancer: { low: 0.5, likely: 2, high: 5 },
  certificate: { low: 0.5, likely: 2, high: 15 },
  entry: { low: 1, likely: 5, high: 20 },
  check: { low: 2, likely: 10, high: 30 },
} as const satisfies { readonly [step: string]: MinutesRange };

export type RebuildTime = keyof typeof rebuildMinutes;

const what: { readonly [time in RebuildTime]: string } = {
  decision: "to notice the loss and to decide for a rebuild",
  network: "for network, subnets and routes",
  firewall: "for a firewall that all traffic leaves by",
  controlPlane: "for the control plane with its system pool",
  privateEndpoint: "for the private end point of the API server with its name",
  nodes: "for the nodes of a pool, which come up side by side",
  agent: "for the GitOps agent and its first look at the repository",
  reconciliation: "until the agent has applied one more part",
  imagePull: "to pull one image to one node",
  secrets: "until secrets are copied from their store",
  volume: "to make and attach an empty volume",
  restoreStart: "until a restore moves data",
  loadBalancer: "for a load balancer with its address",
  certificate: "for certificates to be issued",
  entry: "until names and global entries lead to the new cluster",
  check: "to check the journeys and to open them",
};

/** One time of a rebuild. */
export const rebuildStepTime: AssumptionRule<{ readonly step: RebuildTime }> = {
  id: "ASM-243",
  name: "rebuild-step-time",
  text: ({ step }) =>
    `Nothing measured says how long it takes ${what[step]}; a drill should replace the planning value.`,
  value: ({ step }) => {
    const { low, likely, high } = rebuildMinutes[step];
    return `${minutes(low)}, ${minutes(likely)}, ${minutes(high)} min (at best, likely, at worst)`;
  },
  replaceBy: "a rebuild drill",
};

/** How fast data comes back, in MiB/s. */
export const restoreRates: MinutesRange = { low: 200, likely: 80, high: 30 };

/** Volumes are restored at a rate that nobody has measured. */
export const restoreThroughput: AssumptionRule<{ readonly mebibytesPerSecond: MinutesRange }> = {
  id: "ASM-244",
  name: "restore-throughput",
  text: () =>
    "Nothing says how fast backups are read back: the likely rate is what one disk of 128 GiB writes (about 96 MB/s), less what a restore does besides. Volumes are restored side by side.",
  value: ({ mebibytesPerSecond: { low, likely, high } }) =>
    `${low}, ${likely}, ${high} MiB/s (at best, likely, at worst)`,
  replaceBy: "--restore-rate MIB_PER_SECOND, as a drill has measured it",
};

export const rebuildRules = [rebuildStepTime, restoreThroughput] as const;

function minutes(value: number): string {
  return String(Number(value.toPrecision(2)));
}
