import type { Tenant } from "../estate/model/tenant.ts";
import { inWords } from "./compare-layers.ts";
import { demands, gapOf } from "./shared-layers.ts";
import type { SharedLayer } from "./structure-report.ts";

/** A layer as people say it. */
interface LayerWords {
  readonly layer: string;
  readonly one: string;
  readonly the: string;
  /** Shared by what may happen, not by what is: pods may be placed together, or reach each other. */
  readonly may: boolean;
}

/** In the order in which a gap hurts most. */
const layerWords: readonly LayerWords[] = [
  { layer: "node", one: "the kernel of a node", the: "the kernel of a node", may: true },
  { layer: "podNetwork", one: "the pod network", the: "the pod network", may: true },
  { layer: "nodePool", one: "a node pool", the: "the node pool", may: true },
  { layer: "namespace", one: "a namespace", the: "the namespace", may: false },
  { layer: "cluster", one: "a cluster", the: "the cluster", may: false },
  { layer: "subscription", one: "a subscription", the: "the subscription", may: false },
  { layer: "region", one: "a region", the: "the region", may: false },
];

/**
 * The weakest link between two tenants, where it is and what would lift it, or that nothing is shared beyond what they
 * accept. "May share" means that nothing keeps their pods from being placed together, or from reaching each other.
 */
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
    return `${names} ${shareWords(open)} (${open.because}), and neither says whether it accepts that.`;
  }
  const shared = layers.filter(({ sharing }) => sharing === "shared" || sharing === "bounded");
  if (shared.length === 0) return `${names} share nothing.`;
  const narrowest = shared.toSorted((one, other) => order(one) - order(other))[0];
  return `${names} share nothing that one of them wants apart; the closest they come is ${narrowest === undefined ? "nothing" : words(narrowest)}: ${narrowest?.because ?? ""}.`;
}

function unmetSentence(left: Tenant, right: Tenant, worst: SharedLayer, others: readonly SharedLayer[]): string {
  const { accepted } = worst;
  const who = accepted === undefined ? [] : [left, right].filter((tenant) => demands(tenant, worst.layer, accepted));
  const wants = `${inWords(who.map(({ name }) => name))} ${who.length > 1 ? "want" : "wants"} it ${accepted ?? "apart"}`;
  const more =
    others.length === 0
      ? ""
      : `; ${inWords(others.map((layer) => wordsOf(layer).the))} ${others.length === 1 ? "falls" : "fall"} short too`;
  const sentence = `${left.name} and ${right.name} ${shareWords(worst)} (${worst.because}), and ${wants}${more}.`;
  const lifts = cheapestLifts([worst, ...others]);
  return lifts.length === 0 ? sentence : `${sentence} ${capitalized(inWords(lifts))} would lift this.`;
}

/** The measures that lift all gaps: one for a wide layer also lifts those inside it. */
function cheapestLifts(unmet: readonly SharedLayer[]): readonly string[] {
  const liftOf = (...layers: readonly string[]) =>
    unmet.filter(({ layer }) => layers.includes(layer)).flatMap(({ lift }) => lift ?? []);
  const places = liftOf("region", "subscription");
  if (places.length > 0) return places;
  const cluster = liftOf("cluster");
  if (cluster.length > 0) return cluster;
  const pool = liftOf("nodePool");
  return [...new Set([...(pool.length > 0 ? pool : liftOf("node")), ...liftOf("podNetwork"), ...liftOf("namespace")])];
}

function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function shareWords(layer: SharedLayer): string {
  const { may, one } = wordsOf(layer);
  return `${may ? "may share" : "share"} ${one}`;
}

function order({ layer }: SharedLayer): number {
  return layerWords.findIndex((each) => each.layer === layer);
}

function words(layer: SharedLayer): string {
  return wordsOf(layer).one;
}

function wordsOf({ layer }: SharedLayer): LayerWords {
  return layerWords.find((each) => each.layer === layer) ?? { layer, one: layer, the: layer, may: false };
}
