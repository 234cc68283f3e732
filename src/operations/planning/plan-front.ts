import type { Catalog } from "../../catalog/catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { commitmentAlternatives } from "../../finops/comparison/commitment-alternatives.ts";
import { priceEstate } from "../../finops/compute-cost.ts";
import { defaultPolicy, type PlanPolicy } from "../../planning/plan-policy.ts";
import { planStructure } from "../../planning/plan-structure.ts";
import { type VerifiedStructure, verifyStructure } from "../../planning/verification/verify-structure.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import type { FrontPoint } from "./plan-report.ts";
import { type StructureValue, valueStructure } from "./value-structure.ts";

interface NamedPolicy {
  readonly id: string;
  readonly label: string;
  readonly policy: PlanPolicy;
}

const all = ["low", "medium", "high"] as const;

/** Policies from cheap to available. */
const policies: readonly NamedPolicy[] = [
  {
    id: "one-zone",
    label: "One zone everywhere, nothing held back, Free tier",
    policy: { ...defaultPolicy, headroom: [], oneZone: all, freeTier: all },
  },
  {
    id: "zones-without-headroom",
    label: "Zones for all but low criticality, nothing held back",
    policy: { ...defaultPolicy, headroom: [] },
  },
  {
    id: "headroom-everywhere",
    label: "Every environment stands the loss of a zone",
    policy: { ...defaultPolicy, headroom: all, oneZone: [], freeTier: [] },
  },
];

/** What the front is drawn for. */
export interface FrontContext {
  readonly estate: Estate;
  readonly catalog: Catalog;
  readonly today: string;
  readonly recommended: VerifiedStructure;
  readonly value: StructureValue;
  readonly onProgress?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Cost against availability: the recommended structure among cheaper and more available ones, each planned, scheduled,
 * priced and solved like it, and beside them other ways to pay for the recommended one.
 */
export function planFront(context: FrontContext): readonly FrontPoint[] {
  const { estate, catalog, today, onProgress, signal } = context;
  const structures = policies.map(({ id, label, policy }) => {
    signal?.throwIfAborted();
    onProgress?.(`another structure: ${label}`);
    const structure = planStructure(estate, catalog, { policy, solvers: undefined, signal });
    const verified = verifyStructure(estate, structure, { catalog, signal });
    return { id, label, value: valueStructure(verified.estate, catalog, today) };
  });
  const recommended = { id: "recommended", label: "Recommended: high criticality stands the loss of a zone" };
  const points = [{ ...recommended, value: context.value }, ...structures, ...paymentsOf(context)];
  return points
    .map(({ id, label, value }) => ({
      id,
      label,
      monthly: cents(value.monthly),
      downtimeMinutes: isKnown(value) ? Number(value.downtimeMinutes.toFixed(2)) : undefined,
      downtimeCost: cents(value.downtimeCost),
      objectivesMissed: value.objectivesMissed,
      isRecommended: id === recommended.id,
      isOnFront: !points.some(({ value: other }) => dominates(other, value)),
    }))
    .toSorted((left, right) => left.monthly - right.monthly || (left.id < right.id ? -1 : 1));
}

/** The same structure with its steady nodes reserved: as available, and bound for years. */
function paymentsOf({ catalog, today, recommended, value }: FrontContext) {
  const placement = placeWorkloads(recommended.estate, catalog);
  const priced = priceEstate(recommended.estate, placement, catalog, { today, ceiling: undefined });
  return commitmentAlternatives(priced)
    .filter(({ kind }) => kind === "reservations")
    .map(({ label, estate }, index) => {
      const { charges } = priceEstate(estate, placement, catalog, { today, ceiling: undefined });
      const monthly = charges.reduce((sum, { likely }) => sum + likely, 0);
      return { id: `reserved-${index + 1}`, label: `Recommended, ${lowerFirst(label)}`, value: { ...value, monthly } };
    });
}

function dominates(left: StructureValue, right: StructureValue): boolean {
  const isNoWorse = left.monthly <= right.monthly && left.downtimeMinutes <= right.downtimeMinutes;
  return isNoWorse && (left.monthly < right.monthly || left.downtimeMinutes < right.downtimeMinutes);
}

function isKnown({ minutes }: StructureValue): boolean {
  return [...minutes.values()].some((each) => each !== undefined);
}

function lowerFirst(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
