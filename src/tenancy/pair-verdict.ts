import type { Tenant } from "../estate/model/tenant.ts";
import { demands, gapOf } from "./shared-layers.ts";
import type { SharedLayer } from "./structure-report.ts";

/** Layers as people say them, in the order in which a gap hurts most. */
const layerWords: readonly (readonly [layer: string, words: string])[] = [
  ["node", "the kernel of a node"],
  ["podNetwork", "the pod network"],
  ["nodePool", "a node pool"],
  ["namespace", "a namespace"],
  ["cluster", "a cluster"],
  ["subscription", "a subscription"],
  ["region", "a region"],
];

/** One sentence: the weakest link between two tenants and where it is, or that nothing is shared beyond what they accept. */
export function pairVerdict(left: Tenant, right: Tenant, layers: readonly SharedLayer[]): string {
  const names = `${left.name} and ${right.name}`;
  const [worst, ...others] = layers
    .filter(({ met }) => met === false)
    .toSorted((one, other) => gapOf(other) - gapOf(one) || order(one) - order(other));
  const unknown = layers
    .filter(({ met }) => met === "notEvaluable")
    .toSorted((one, other) => order(one) - order(other));
  if (worst !== undefined) return unmetSentence(left, right, worst, others);
  const [open] = unknown;
  if (open?.sharing === "unknown") return `Whether ${names} share ${words(open)} cannot be told: ${open.because}.`;
  if (open !== undefined) {
    return `${names} share ${words(open)} (${open.because}), and neither says whether it accepts that.`;
  }
  const shared = layers.filter(({ sharing }) => sharing === "shared" || sharing === "bounded");
  if (shared.length === 0) return `${names} share nothing.`;
  const narrowest = shared.toSorted((one, other) => order(one) - order(other))[0];
  return `${names} share nothing that one of them wants apart; the closest they come is ${narrowest === undefined ? "nothing" : words(narrowest)}: ${narrowest?.because ?? ""}.`;
}

function unmetSentence(left: Tenant, right: Tenant, worst: SharedLayer, others: readonly SharedLayer[]): string {
  const { accepted } = worst;
  const who = accepted === undefined ? [] : [left, right].filter((tenant) => demands(tenant, worst.layer, accepted));
  const wants = `${who.map(({ name }) => name).join(" and ")} ${who.length > 1 ? "want" : "wants"} it ${accepted ?? "apart"}`;
  const more =
    others.length === 0
      ? ""
      : `; ${others.map(({ layer }) => layer).join(", ")} ${others.length === 1 ? "falls" : "fall"} short too`;
  return `${left.name} and ${right.name} share ${words(worst)} (${worst.because}), and ${wants}${more}.`;
}

function order({ layer }: SharedLayer): number {
  return layerWords.findIndex(([name]) => name === layer);
}

function words({ layer }: SharedLayer): string {
  return layerWords.find(([name]) => name === layer)?.[1] ?? layer;
}
