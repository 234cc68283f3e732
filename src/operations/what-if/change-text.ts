import type { WhatIfChange } from "./what-if-change.ts";

/** Changes as one short text, as a link or an option takes them. */
export function writeChanges(changes: readonly WhatIfChange[]): string {
  return changes.map((change) => partsOf(change).map(escaped).join(":")).join(",");
}

/** What a text says, in its order, and the parts of it that say nothing that can be understood. */
export interface ReadChanges {
  readonly changes: readonly WhatIfChange[];
  readonly unreadable: readonly string[];
}

/** Most changes that are read from a text; more would only take time. */
const mostChanges = 40;

/** Reads what `writeChanges` wrote. Never throws: what it does not understand is listed. */
export function readChanges(text: string): ReadChanges {
  const entries = text.split(",").filter((entry) => entry !== "");
  const read = entries
    .slice(0, mostChanges)
    .map((entry) => ({ entry, change: changeOf(entry.split(":").map(unescaped)) }));
  return {
    changes: read.flatMap(({ change }) => change ?? []),
    unreadable: [
      ...read.flatMap(({ entry, change }) => (change === undefined ? [entry] : [])),
      ...entries.slice(mostChanges),
    ],
  };
}

function partsOf(change: WhatIfChange): readonly string[] {
  switch (change.kind) {
    case "replicas":
      return ["replicas", change.workload, `${change.replicas}`];
    case "zones":
      return ["zones", change.pool, `${change.zones}`];
    case "tier":
      return ["tier", change.cluster, change.tier];
    case "vmSize":
      return ["size", change.pool, change.vmSize];
    case "spot":
      return ["spot", change.pool, change.spot ? "yes" : "no"];
    case "reservation":
      return ["reserve", change.region, change.vmSize, `${change.quantity}`, `${change.termYears}y`];
    case "secondRegion":
      return ["regions", change.environment, change.application, change.mode];
    case "moveTenant":
      return ["move", change.tenant, change.from, change.to];
  }
}

const tiers = ["Free", "Standard", "Premium"] as const;
const modes = ["activePassive", "activeActive"] as const;

function changeOf(parts: readonly string[]): WhatIfChange | undefined {
  const [kind = "", first = "", second = "", third = "", fourth = ""] = parts;
  if (first === "" || second === "") return undefined;
  switch (kind) {
    case "replicas": {
      const replicas = wholeNumber(second);
      return replicas === undefined ? undefined : { kind, workload: first, replicas };
    }
    case "zones": {
      const zones = wholeNumber(second);
      return zones === undefined ? undefined : { kind, pool: first, zones };
    }
    case "tier": {
      const tier = tiers.find((each) => each === second);
      return tier === undefined ? undefined : { kind, cluster: first, tier };
    }
    case "size":
      return { kind: "vmSize", pool: first, vmSize: second };
    case "spot":
      return second === "yes" || second === "no" ? { kind, pool: first, spot: second === "yes" } : undefined;
    case "reserve": {
      const quantity = wholeNumber(third);
      const termYears = fourth === "1y" ? 1 : fourth === "3y" ? 3 : undefined;
      if (quantity === undefined || termYears === undefined) return undefined;
      return { kind: "reservation", region: first, vmSize: second, quantity, termYears };
    }
    case "regions": {
      const mode = modes.find((each) => each === third);
      return mode === undefined ? undefined : { kind: "secondRegion", environment: first, application: second, mode };
    }
    case "move":
      return third === "" ? undefined : { kind: "moveTenant", tenant: first, from: second, to: third };
    default:
      return undefined;
  }
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}

/** Slashes are legal in a query and part of most names. */
function escaped(part: string): string {
  return encodeURIComponent(part).replaceAll("%2F", "/");
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
