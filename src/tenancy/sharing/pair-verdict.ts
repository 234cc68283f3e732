import type { Tenant } from "../../estate/model/tenant.ts";
import type { SharedLayer } from "../structure-report.ts";
import { inWords } from "./layer-state.ts";
import { byHurt, layerWords } from "./layer-words.ts";
import { covers, eitherSide, measureKinds } from "./measures.ts";
import { demands, gapOf } from "./shared-layers.ts";

/** More layers by name than anybody reads in one sentence. */
const namedLayers = 3;

/** The layers that fall short, the weakest link first: the largest gap, then the layer where a gap hurts most. */
export function weakestFirst(layers: readonly SharedLayer[]): readonly SharedLayer[] {
  return layers
    .filter(({ met }) => met === false)
    .toSorted((left, right) => gapOf(right) - gapOf(left) || byHurt(left.layer, right.layer));
}

/**
 * The weakest link between two tenants, where it is and what would lift it, or that nothing is shared beyond what they
 * accept. "May share" means that nothing keeps their pods from being placed together, or from reaching each other.
 */
export function pairVerdict(left: Tenant, right: Tenant, layers: readonly SharedLayer[]): string {
  const names = `${left.name} and ${right.name}`;
  const [worst, ...others] = weakestFirst(layers);
  if (worst !== undefined) return unmetSentence(left, right, worst, others);
  const [open] = layers
    .filter(({ met }) => met === "notEvaluable")
    .toSorted((one, other) => byHurt(one.layer, other.layer));
  if (open?.sharing === "unknown") {
    return `Whether ${names} share ${layerWords(open.layer).one} cannot be told: ${open.because}.`;
  }
  if (open !== undefined) {
    return `${names} ${shareWords(open)} (${open.because}), and neither says whether it accepts that.`;
  }
  const [narrowest] = layers
    .filter(({ sharing }) => sharing === "shared" || sharing === "bounded")
    .toSorted((one, other) => byHurt(one.layer, other.layer));
  if (narrowest === undefined) return `${names} share nothing.`;
  return `${names} share nothing that one of them wants apart; the closest they come is ${layerWords(narrowest.layer).one}: ${narrowest.because}.`;
}

function unmetSentence(left: Tenant, right: Tenant, worst: SharedLayer, others: readonly SharedLayer[]): string {
  const { accepted } = worst;
  const who = accepted === undefined ? [] : [left, right].filter((tenant) => demands(tenant, worst.layer, accepted));
  const wants = `${inWords(who.map(({ name }) => name))} ${who.length > 1 ? "want" : "wants"} it ${accepted ?? "apart"}`;
  const sentence = `${left.name} and ${right.name} ${shareWords(worst)} (${worst.because}), and ${wants}${fallShortToo(others)}.`;
  const lifts = cheapestLifts([worst, ...others]);
  return lifts.length === 0 ? sentence : `${sentence} ${capitalized(inWords(lifts))} would lift this.`;
}

function fallShortToo(others: readonly SharedLayer[]): string {
  if (others.length === 0) return "";
  const left = others.length - namedLayers;
  const named = others.slice(0, left > 1 ? namedLayers : undefined).map(({ layer }) => layerWords(layer).the);
  const shown = left > 1 ? [...named, `${left} more layers`] : named;
  return `; ${inWords(shown)} ${others.length === 1 ? "falls" : "fall"} short too`;
}

/** The measures that lift all gaps, widest first, without those that a wider one makes needless. */
export function cheapestLifts(unmet: readonly SharedLayer[]): readonly string[] {
  const kinds = new Set(unmet.flatMap(({ measure }) => measure ?? []));
  const needed = unmet.filter(
    ({ measure }) => measure !== undefined && ![...kinds].some((kind) => kind !== measure && covers(kind, measure)),
  );
  // Of these, one for either tenant is enough.
  const firsts = [...Map.groupBy(needed.filter(isForEither), ({ measure }) => measure).values()].flatMap(
    (alike) => alike.find(({ lift }) => lift?.includes(forEither) === false) ?? alike[0] ?? [],
  );
  const others = needed.filter((layer) => !isForEither(layer));
  const place = ({ measure }: SharedLayer) => (measure === undefined ? 0 : measureKinds.indexOf(measure));
  return [
    ...new Set(
      [...firsts, ...others].toSorted((left, right) => place(left) - place(right)).flatMap(({ lift }) => lift ?? []),
    ),
  ];
}

const forEither = "one of them";

function isForEither({ measure }: SharedLayer): boolean {
  return measure !== undefined && eitherSide.has(measure);
}

function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function shareWords({ layer }: SharedLayer): string {
  const { may, one } = layerWords(layer);
  return `${may ? "may share" : "share"} ${one}`;
}
