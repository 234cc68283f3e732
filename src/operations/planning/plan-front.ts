import type { Catalog } from "../../catalog/catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { defaultPolicy, type PlanPolicy } from "../../planning/plan-policy.ts";
import { planStructure } from "../../planning/plan-structure.ts";
import type { PoolChoices } from "../../planning/pools/pool-choices.ts";
import { verifyStructure } from "../../planning/verification/verify-structure.ts";
import type { FrontPoint } from "./plan-report.ts";
import { type StructureValue, valueStructure } from "./value-structure.ts";

interface NamedPolicy {
  readonly id: string;
  readonly label: string;
  readonly policy: PlanPolicy;
  readonly standsZoneLoss: FrontPoint["standsZoneLoss"];
}

const all = ["low", "medium", "high"] as const;

/** Policies from cheap to available. */
const policies: readonly NamedPolicy[] = [
  {
    id: "one-zone",
    label: "One zone everywhere, Free tier",
    policy: { ...defaultPolicy, headroom: [], oneZone: all, freeTier: all },
    standsZoneLoss: "none",
  },
  {
    id: "zones-without-headroom",
    label: "Zones for all but low criticality, no room held back",
    policy: { ...defaultPolicy, headroom: [] },
    standsZoneLoss: "none",
  },
  {
    id: "headroom-everywhere",
    label: "Zones and room held back everywhere",
    policy: { ...defaultPolicy, headroom: all, oneZone: [], freeTier: [] },
    standsZoneLoss: "all",
  },
];

/** What the front is drawn for. */
export interface FrontContext {
  readonly estate: Estate;
  readonly catalog: Catalog;
  readonly today: string;
  readonly choices: PoolChoices;
  /** What the recommended structure comes to. */
  readonly value: StructureValue;
  /** Its bill once the best commitments are bought for it. */
  readonly billCommitted: number;
  readonly onProgress?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

type Candidate = Pick<FrontPoint, "id" | "label" | "standsZoneLoss" | "isPaidInAdvance"> & {
  readonly value: StructureValue;
};

/**
 * Cost against availability: the recommended structure among cheaper and more available ones, each planned, scheduled,
 * priced and solved like it, and beside them the recommended one with commitments, which is no other structure.
 */
export function planFront(context: FrontContext): readonly FrontPoint[] {
  const { estate, catalog, today, choices, value, onProgress, signal } = context;
  const structures = policies.map(({ id, label, policy, standsZoneLoss }): Candidate => {
    signal?.throwIfAborted();
    onProgress?.(`another structure: ${label}`);
    const structure = planStructure(estate, catalog, { policy, solvers: undefined, choices, signal });
    const verified = verifyStructure(estate, structure, { catalog, signal });
    const own = valueStructure(verified.estate, catalog, today);
    return { id, label, value: own, standsZoneLoss, isPaidInAdvance: false };
  });
  const recommended: Candidate = {
    id: "recommended",
    label: "Recommended",
    value,
    standsZoneLoss: requiredOf(estate),
    isPaidInAdvance: false,
  };
  const committed: Candidate = {
    ...recommended,
    id: "committed",
    label: "Recommended, with the best commitments",
    value: { ...value, monthly: context.billCommitted },
    isPaidInAdvance: true,
  };
  return [recommended, ...structures, committed]
    .map((point, _, points) => frontPoint(point, points))
    .toSorted((left, right) => left.monthly - right.monthly || (left.id < right.id ? -1 : 1));
}

/** What the recommended structure is made to stand: all, where every environment is of high criticality. */
function requiredOf({ environments }: Estate): FrontPoint["standsZoneLoss"] {
  const critical = environments.filter(({ criticality }) => criticality === "high").length;
  if (critical === 0) return "none";
  return critical === environments.length ? "all" : "highCriticality";
}

function frontPoint(point: Candidate, points: readonly Candidate[]): FrontPoint {
  const { id, label, value, standsZoneLoss, isPaidInAdvance } = point;
  return {
    id,
    label,
    monthly: cents(value.monthly),
    downtimeMinutes: isKnown(value) ? Number(value.downtimeMinutes.toFixed(2)) : undefined,
    downtimeCost: cents(value.downtimeCost),
    objectivesMissed: value.objectivesMissed,
    standsZoneLoss,
    isPaidInAdvance,
    isRecommended: id === "recommended",
    isOnFront: !isPaidInAdvance && !points.some((other) => dominates(other, point)),
  };
}

const zoneLossOrder: readonly FrontPoint["standsZoneLoss"][] = ["none", "highCriticality", "all"];

/** Three measures: money, minutes, and what stands the loss of a zone, which minutes of a common month hardly show. */
function dominates(left: Candidate, right: Candidate): boolean {
  if (left.isPaidInAdvance) return false;
  const measures = ({ value, standsZoneLoss }: Candidate) => [
    cents(value.monthly),
    Number(value.downtimeMinutes.toFixed(2)),
    -zoneLossOrder.indexOf(standsZoneLoss),
  ];
  const [ours, others] = [measures(left), measures(right)];
  return (
    ours.every((each, index) => each <= (others[index] ?? each)) &&
    ours.some((each, index) => each < (others[index] ?? each))
  );
}

function isKnown({ minutes }: StructureValue): boolean {
  return [...minutes.values()].some((each) => each !== undefined);
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
