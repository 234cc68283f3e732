import type { Taint } from "../../../estate/model/cluster.ts";
import { formatBytes, formatCores } from "../../../estate/quantities/format-resources.ts";
import { formatTaint } from "../../tolerations.ts";

/** One thing to change so that one obstacle is out of the way. */
export type Remedy =
  | { readonly kind: "uncordonNode"; readonly node: string }
  | { readonly kind: "addNode"; readonly like: string }
  | { readonly kind: "tolerate"; readonly taint: Taint }
  | { readonly kind: "lowerRequest"; readonly resource: string; readonly from: number; readonly to: number }
  | { readonly kind: "freeResource"; readonly node: string; readonly resource: string; readonly amount: number }
  | { readonly kind: "freePort"; readonly node: string }
  | { readonly kind: "matchNode"; readonly node: string }
  | { readonly kind: "raiseMaxSkew"; readonly topologyKey: string; readonly from: number; readonly to: number }
  | { readonly kind: "labelNode"; readonly node: string; readonly key: string }
  | { readonly kind: "dropPodAffinity"; readonly topologyKey: string }
  | { readonly kind: "dropPodAntiAffinity"; readonly topologyKey: string }
  | { readonly kind: "dropOthersAntiAffinity"; readonly node: string; readonly topologyKey: string }
  | { readonly kind: "provideVolume"; readonly reason: string }
  | { readonly kind: "removeGates" };

/** The order of preference among changes of one step: what touches the cluster least comes first. */
const order: readonly Remedy["kind"][] = [
  "removeGates",
  "lowerRequest",
  "addNode",
  "uncordonNode",
  "raiseMaxSkew",
  "tolerate",
  "labelNode",
  "matchNode",
  "freePort",
  "freeResource",
  "dropPodAffinity",
  "dropPodAntiAffinity",
  "dropOthersAntiAffinity",
  "provideVolume",
];

/** A request that has to lose more than half is no small change: it counts as much as this many others. */
const drasticSteps = 1.5;

/** How large a remedy is: one step or more, then (below one thousandth) its place in the order of preference. */
export function sizeOfRemedy(remedy: Remedy): number {
  const isDrastic = remedy.kind === "lowerRequest" && remedy.to < remedy.from / 2;
  return (isDrastic ? 1 + drasticSteps : 1) + (order.indexOf(remedy.kind) + shareOf(remedy)) / 100_000;
}

/** By which share an amount changes; from 0 to below 1. */
function shareOf(remedy: Remedy): number {
  if (remedy.kind === "lowerRequest") return Math.min(0.99, (remedy.from - remedy.to) / remedy.from);
  return remedy.kind === "raiseMaxSkew" ? Math.min(0.99, 1 - remedy.from / remedy.to) : 0;
}

/** The remedy as a clause in the imperative. */
export function remedyText(remedy: Remedy): string {
  switch (remedy.kind) {
    case "uncordonNode":
      return `uncordon ${remedy.node}`;
    case "addNode":
      return `add a node like ${remedy.like}`;
    case "tolerate":
      return `tolerate the taint ${formatTaint(remedy.taint)}`;
    case "lowerRequest":
      return `lower the ${remedy.resource} request from ${amountText(remedy.resource, remedy.from)} to ${amountText(remedy.resource, remedy.to)}`;
    case "freeResource":
      return remedy.resource === "pods"
        ? `take a pod off ${remedy.node}`
        : `free ${amountText(remedy.resource, remedy.amount)} of ${remedy.resource} on ${remedy.node}`;
    case "freePort":
      return `free its host port on ${remedy.node}`;
    case "matchNode":
      return `let its node selector and affinity admit ${remedy.node}`;
    case "raiseMaxSkew":
      return `raise maxSkew over ${remedy.topologyKey} from ${remedy.from} to ${remedy.to}`;
    case "labelNode":
      return `give ${remedy.node} the label ${remedy.key}`;
    case "dropPodAffinity":
      return `drop its required pod affinity over ${remedy.topologyKey}`;
    case "dropPodAntiAffinity":
      return `drop its required pod anti-affinity over ${remedy.topologyKey}`;
    case "dropOthersAntiAffinity":
      return `drop the required anti-affinity over ${remedy.topologyKey} of pods near ${remedy.node} that select it`;
    case "provideVolume":
      return `provide its volume: ${remedy.reason}`;
    case "removeGates":
      return "remove its scheduling gates";
  }
}

/** An amount of a resource for people. */
export function amountText(resource: string, amount: number): string {
  if (resource === "cpu") return formatCores(amount);
  if (resource === "memory" || resource === "ephemeral-storage" || resource.startsWith("hugepages-"))
    return formatBytes(amount);
  return String(amount);
}
