import type { RejectedAlternative, StructurePlan } from "../../../src/operations/planning/plan-report.ts";
import type { Badge } from "../lenses/look.ts";

/** A share as `5.9 %`. */
export function percent(share: number): string {
  return `${(100 * share).toLocaleString("en-US", { maximumFractionDigits: 1 })}%`;
}

/** How far from the cheapest the plan can be, as a sentence. */
export function proofSentence(
  { monthly, lowerBound, gap, packingGap }: StructurePlan["proof"],
  money: (amount: number) => string,
): string {
  if (lowerBound <= 0) return "No bound is known: nothing is planned.";
  const extra = gap - packingGap;
  const rest =
    extra < 0.0005
      ? ""
      : ` Of that, ${percent(extra)} are nodes that the scheduler turned out to need; the packing itself is within ${percent(packingGap)}.`;
  return `No pools of any sizes and numbers cost less than ${money(lowerBound)} a month for the same separations, with each workload in one of them; the plan costs ${money(monthly)}, so at most ${percent(gap)} could be saved.${rest}`;
}

type Verdict = RejectedAlternative["verdict"];

/** Why an alternative is not recommended, as a badge. */
export const verdictBadges: { readonly [verdict in Verdict]: Badge } = {
  refused: { symbol: "cross", text: "refused", tone: "bad", title: "A demand rules it out" },
  dearer: { symbol: "diamond", text: "dearer", tone: "plain", title: "It costs more" },
  cheaper: { symbol: "question", text: "cheaper", tone: "warn", title: "Money alone speaks for it" },
  worse: { symbol: "alert", text: "worse", tone: "warn", title: "It is worse otherwise" },
  notEvaluable: { symbol: "question", text: "not evaluable", tone: "plain", title: "It cannot be priced" },
};

type Step = StructurePlan["steps"][number];

export const stepWords: { readonly [sign in Step["symbol"]]: string } = {
  "+": "add",
  "~": "change",
  "-/+": "replace",
  "-": "remove",
};

/** What can go wrong, as a badge. */
export const riskBadges: { readonly [risk in Step["risk"]]: Badge } = {
  none: { symbol: "check", text: "no risk", tone: "good", title: "Nothing that runs is touched" },
  low: { symbol: "ring", text: "low risk", tone: "plain", title: "Pods may move" },
  medium: { symbol: "alert", text: "medium risk", tone: "warn", title: "Pods move" },
  high: { symbol: "alert", text: "high risk", tone: "bad", title: "Something may stop" },
};

type ZoneVerification = StructurePlan["verification"][number]["zones"][number];

/** What is left when a zone goes: for want of room, which is a fault of the plan, or for what the pods ask for. */
export function zoneBadge({ pending }: ZoneVerification, nodes: number, nodesLost: number): Badge {
  const pods = (isRoom: boolean) =>
    pending.filter((each) => each.isRoom === isRoom).reduce((sum, each) => sum + each.pods, 0);
  const [forRoom, otherwise] = [pods(true), pods(false)];
  if (forRoom > 0)
    return { symbol: "cross", text: `${forRoom} pods lack room`, tone: "bad", title: "More nodes would help" };
  if (nodesLost === nodes)
    return { symbol: "alert", text: "all is lost", tone: "warn", title: "The cluster has no node elsewhere" };
  if (otherwise > 0)
    return {
      symbol: "pin",
      text: `${otherwise} ${otherwise === 1 ? "pod waits" : "pods wait"} for the zone`,
      tone: "warn",
      title: "What they ask for keeps them from every node that is left; no node more would help",
    };
  return { symbol: "check", text: "all pods run on", tone: "good", title: "Every displaced pod finds a node" };
}
