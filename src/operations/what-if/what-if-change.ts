import type { Cluster } from "../../estate/model/cluster.ts";

/** How an application runs in two regions. */
export type TwoRegions = "activePassive" | "activeActive";

/** One change of the declared estate that is tried in memory. Pools are named `cluster/pool`. */
export type WhatIfChange =
  /** Fixed replicas of one workload on one cluster; the minimum where an autoscaler decides. */
  | { readonly kind: "replicas"; readonly workload: string; readonly replicas: number }
  /** The first so many zones of the region; 0: regional. */
  | { readonly kind: "zones"; readonly pool: string; readonly zones: number }
  | { readonly kind: "tier"; readonly cluster: string; readonly tier: Cluster["tier"] }
  | { readonly kind: "vmSize"; readonly pool: string; readonly vmSize: string }
  | { readonly kind: "spot"; readonly pool: string; readonly spot: boolean }
  /** So many nodes more of one size under a reservation. */
  | {
      readonly kind: "reservation";
      readonly region: string;
      readonly vmSize: string;
      readonly quantity: number;
      readonly termYears: 1 | 3;
    }
  | {
      readonly kind: "secondRegion";
      readonly environment: string;
      readonly application: string;
      readonly mode: TwoRegions;
    }
  /** To a cluster that is there, or to a new one of that name, made like the one it comes from. */
  | { readonly kind: "moveTenant"; readonly tenant: string; readonly from: string; readonly to: string };

/** What a change is about: of two changes with the same key the later one holds. */
export function keyOfChange(change: WhatIfChange): string {
  switch (change.kind) {
    case "replicas":
      return `replicas/${change.workload}`;
    case "zones":
    case "vmSize":
    case "spot":
      return `${change.kind}/${change.pool}`;
    case "tier":
      return `tier/${change.cluster}`;
    case "reservation":
      return `reservation/${change.region}/${change.vmSize}`;
    case "secondRegion":
      return `secondRegion/${change.environment}/${change.application}`;
    case "moveTenant":
      return `moveTenant/${change.from}/${change.tenant}`;
  }
}

/** The list with the change in the place of one about the same thing, else at its end. */
export function withChange(changes: readonly WhatIfChange[], added: WhatIfChange): readonly WhatIfChange[] {
  const key = keyOfChange(added);
  const isThere = changes.some((each) => keyOfChange(each) === key);
  return isThere ? changes.map((each) => (keyOfChange(each) === key ? added : each)) : [...changes, added];
}

/** The list without what it says about one thing. */
export function withoutChange(changes: readonly WhatIfChange[], key: string): readonly WhatIfChange[] {
  return changes.filter((each) => keyOfChange(each) !== key);
}

/** The change in words, as an order. */
export function describeChange(change: WhatIfChange): string {
  switch (change.kind) {
    case "replicas": {
      const [, cluster = "", , , name = change.workload] = change.workload.split("/");
      return `${counted(change.replicas, "replica")} of ${name} on ${cluster}`;
    }
    case "zones":
      return `${change.pool} ${change.zones === 0 ? "without zones" : `in ${counted(change.zones, "zone")}`}`;
    case "tier":
      return `${change.cluster} in tier ${change.tier}`;
    case "vmSize":
      return `${change.pool} of ${shortSize(change.vmSize)}`;
    case "spot":
      return `${change.pool} ${change.spot ? "on spot nodes" : "without spot"}`;
    case "reservation": {
      const { quantity, vmSize, region, termYears } = change;
      return `${quantity} × ${shortSize(vmSize)} in ${region} reserved for ${counted(termYears, "year")}`;
    }
    case "secondRegion":
      return `${change.application} of ${change.environment} in two regions, ${modeWords[change.mode]}`;
    case "moveTenant":
      return `${change.tenant} from ${change.from} to ${change.to}`;
  }
}

export const modeWords: { readonly [mode in TwoRegions]: string } = {
  activePassive: "active/passive",
  activeActive: "active/active",
};

export function shortSize(vmSize: string): string {
  return vmSize.replace(/^Standard_/, "");
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
