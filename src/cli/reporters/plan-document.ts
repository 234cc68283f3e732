import { formatMoney } from "../../estate/figures/format-figure.ts";
import type {
  FrontPoint,
  PlanDecision,
  RecommendedPool,
  StructurePlan,
} from "../../operations/planning/plan-report.ts";
import { bullets, type Document, heading, numbered, paragraph, table } from "./document.ts";
import { outcomeSection, planSummary } from "./plan-outcome-section.ts";
import { printedCommand } from "./printed-command.ts";
import { counted } from "./words.ts";

const right = (title: string) => ({ title, align: "right" }) as const;
/** Assumptions that the plan itself makes; those of the engines under it are in the JSON. */
const ownAssumptions = /^ASM-2[89]\d$/;
/** More steps, journeys and alternatives are counted. */
const shownSteps = 40;
const shownJourneys = 8;

interface PlanDetail {
  /** What the command was given, for the commands that are offered. */
  readonly paths?: readonly string[];
  /** However many there are: what is written down is read by more than one. */
  readonly allSteps?: boolean;
}

/** The recommended structure first, then money, availability and headroom, then reasons; a decision record in Markdown. */
export function planDocument(plan: StructurePlan, { paths = [], allSteps = false }: PlanDetail = {}): Document {
  if (plan.clusters.length === 0)
    return [heading(1, `Structure plan of ${plan.estate}`), ...contradictionSection(plan)];
  return [
    heading(1, `Structure plan of ${plan.estate}`),
    paragraph(planSummary(plan)),
    ...contradictionSection(plan),
    ...outcomeSection(plan),
    ...structureSection(plan),
    ...proofSection(plan),
    ...availabilitySection(plan, paths),
    ...headroomSection(plan),
    ...decisionSection(plan),
    ...frontSection(plan),
    ...sensitivitySection(plan),
    ...stepSection(plan, paths, allSteps ? plan.steps.length : shownSteps),
    ...assumptionSection(plan, paths),
  ];
}

function structureSection({ clusters, currency }: StructurePlan): Document {
  return [
    heading(2, "Recommended structure"),
    ...clusters.flatMap(({ name, region, tier, environments, isNew, because, pools }) => [
      heading(3, `${name} (${region})`),
      paragraph(
        `${environments.join(", ")}; tier ${tier}${isNew ? "; new" : ""}. Of its own because ${because}.`.replace(
          "Of its own because everything",
          "Everything",
        ),
      ),
      ...table(
        [
          { title: "Pool" },
          { title: "Nodes" },
          { title: "Zones" },
          right("CPU"),
          right("Memory"),
          right("Pods"),
          right(currency),
          { title: "Why" },
        ],
        pools.map((pool) => [
          pool.name,
          `${pool.nodes} × ${short(pool.vmSize)}`,
          pool.zones.join(" ") || "none",
          percent(pool.requested.cpu, 0),
          percent(pool.requested.memory, 0),
          String(pool.pods),
          amount(pool.monthly, currency),
          whyOf(pool),
        ]),
      ),
    ]),
  ];
}

function whyOf({ because, nodesForScheduler }: RecommendedPool): string {
  return nodesForScheduler === 0 ? because : `${because}; ${nodesForScheduler} of the nodes for the scheduler`;
}

function proofSection({ proof, currency }: StructurePlan): Document {
  const money = (value: number) => formatMoney(value, currency);
  const scheduler =
    proof.gap - proof.packingGap > 0.0005
      ? ` ${percent(proof.packingGap)} of it is the packing, the rest nodes that kube-scheduler needs because it spreads pods instead of packing them.`
      : "";
  return [
    heading(2, "Proof"),
    ...bullets([
      `Nodes and tiers, pay as you go: ${money(proof.monthly)} a month. Proven: whatever the sizes and numbers of pools, with each workload in one of them, the same separations of tenants and pods cost at least ${money(proof.lowerBound)}; the plan is at most ${percent(proof.gap)} above that.${scheduler}`,
      `The proof does not cover: ${proof.notCovered.join("; ")}.`,
    ]),
  ];
}

function availabilitySection({ journeys }: StructurePlan, paths: readonly string[]): Document {
  if (journeys.length === 0) return [];
  const minutes = (value: number | undefined) => (value === undefined ? "not known" : value.toFixed(1));
  const worst = journeys.toSorted((left, other) => (other.minutesAfter ?? -1) - (left.minutesAfter ?? -1));
  return [
    heading(2, "Availability"),
    ...table(
      [{ title: "Journey" }, right("Minutes down today"), right("As planned"), { title: "Objective" }],
      worst
        .slice(0, shownJourneys)
        .map(({ journey, minutesBefore, minutesAfter, objective, met }) => [
          journey,
          minutes(minutesBefore),
          minutes(minutesAfter),
          objective === undefined
            ? "none"
            : `${objective} ${met === true ? "met" : met === false ? "missed" : "not known"}`,
        ]),
    ),
    ...(worst.length > shownJourneys
      ? [paragraph(`${worst.length - shownJourneys} more journeys are down less.`)]
      : []),
    ...(journeys.some(({ met }) => met === false)
      ? [
          paragraph(
            `What the structure cannot mend, ${printedCommand(["availability"], paths)} ranks by what a unit of money buys.`,
          ),
        ]
      : []),
  ];
}

function headroomSection({ verification, clusters, isolation }: StructurePlan): Document {
  const critical = new Set(
    clusters
      .filter(({ pools }) => pools.some(({ because }) => because.includes("loss of a zone")))
      .map(({ name }) => name),
  );
  const rows = verification.map(({ cluster, nodes, pods, pending, zones }) => {
    const waiting = pending.reduce((sum, each) => sum + each.pods, 0);
    const isHeld = critical.has(cluster);
    const room = zones.map((zone) => sumOf(zone.pending.filter((each) => each.isRoom)));
    const own = zones.map((zone) => sumOf(zone.pending.filter((each) => !each.isRoom)));
    const tied = Math.max(0, ...own);
    const lost = isHeld
      ? `${Math.max(0, ...room) === 0 ? "nothing waits for room" : `${Math.max(...room)} pods wait for room`}${tied > 0 ? `; ${counted(tied, "pod")} tied to the zone` : ""}`
      : "not demanded: pods wait for new nodes";
    return [cluster, String(nodes), String(pods), waiting === 0 ? "all placed" : `${waiting} pending`, lost];
  });
  return [
    heading(2, "Headroom"),
    paragraph(
      "Every pod was scheduled onto the planned nodes as kube-scheduler does it, then again with each zone gone.",
    ),
    ...table(
      [{ title: "Cluster" }, right("Nodes"), right("Pods"), { title: "All zones" }, { title: "Any one zone gone" }],
      rows,
    ),
    paragraph(
      `Isolation: ${counted(isolation.pairsShortAfter, "pair")} of tenants ${isolation.pairsShortAfter === 1 ? "shares" : "share"} clusters, nodes or kernels beyond what one of them accepts; ${isolation.pairsShortBefore} as declared.`,
    ),
  ];
}

function sumOf(pending: readonly { readonly pods: number }[]): number {
  return pending.reduce((sum, { pods }) => sum + pods, 0);
}

function decisionSection({ decisions, currency }: StructurePlan): Document {
  if (decisions.length === 0) return [];
  return [
    heading(2, "Why, and what was rejected"),
    paragraph(
      "Money is the bill and people's work, at the price of an hour that the estate declares (operatorHourCost; without one, the bill alone). Hours are that work a month, days are working days until it can be used (ASM-288). Between a tenant and others lie: namespaces on a shared pool, a virtual machine of each pod on a sandboxed one, nodes with a pool of its own, the control plane too with a cluster of its own or raw AKS; Container Apps and Functions run in environments that Azure keeps apart.",
    ),
    ...decisions.flatMap((decision) => [
      heading(3, titleOf(decision)),
      paragraph(
        `${sentence(decision.because)} ${decision.subject.startsWith("Tenant/") ? "It gets" : "The plan has"} ${decision.decision}.`,
      ),
      ...table(
        [{ title: "Instead" }, right(`${currency} a month`), right("Hours"), right("Days"), { title: "Verdict" }],
        decision.alternatives.map(
          ({ what, difference, operatorHours, leadTimeDays, availability, verdict, reason }) => [
            what,
            difference === undefined ? "no price" : signed(difference, currency),
            operatorHours === 0 ? "" : operatorHours > 0 ? `+${operatorHours}` : String(operatorHours),
            leadTimeDays === undefined ? "" : String(leadTimeDays),
            `${verdict === "notEvaluable" ? "not evaluable" : verdict}${availability === undefined || verdict === "refused" ? "" : `, ${availability}`}: ${reason}`,
          ],
        ),
      ),
    ]),
  ];
}

function titleOf({ subject, applications }: PlanDecision): string {
  const name = subject.slice(subject.indexOf("/") + 1);
  const shown = applications.slice(0, 4).join(", ");
  const more = applications.length > 4 ? ` and ${applications.length - 4} more` : "";
  return applications.length === 0 ? name : `${name}: ${shown}${more}`;
}

function frontSection({ front, currency }: StructurePlan): Document {
  if (front.length === 0) return [];
  const mark = ({ isRecommended, isOnFront, isPaidInAdvance }: FrontPoint) =>
    isRecommended
      ? isOnFront
        ? "recommended"
        : "recommended, dominated"
      : isPaidInAdvance
        ? "same structure"
        : isOnFront
          ? "front"
          : "dominated";
  return [
    heading(2, "Cost against availability"),
    ...table(
      [
        { title: "Structure" },
        right(`${currency} a month`),
        right("Minutes down"),
        right("Downtime cost"),
        right("Missed"),
        { title: "Zone lost" },
        { title: "" },
      ],
      front.map((point) => [
        point.label,
        amount(point.monthly, currency),
        point.downtimeMinutes === undefined ? "not known" : point.downtimeMinutes.toFixed(1),
        amount(point.downtimeCost, currency),
        String(point.objectivesMissed),
        zoneLossWords[point.standsZoneLoss],
        mark(point),
      ]),
    ),
    paragraph(
      "Minutes down are a month's, summed over all journeys; missed are journeys that miss their objective. Environments of high criticality have to stand the loss of a zone (ASM-281): structures that are not made for it show what that costs. Front: no other structure that stands as much is both cheaper and more available; dominated: one is.",
    ),
  ];
}

const zoneLossWords: { readonly [stands in FrontPoint["standsZoneLoss"]]: string } = {
  none: "not ensured",
  highCriticality: "critical stand",
  all: "all stand",
};

function sensitivitySection({ sensitivity, currency }: StructurePlan): Document {
  if (sensitivity.length === 0) return [];
  return [
    heading(2, "What moves it"),
    ...table(
      [{ title: "If" }, right(`${currency} a month`), right("Nodes"), { title: "Then" }],
      sensitivity.map(({ premise, difference, nodes, changes }) => [
        premise,
        signed(difference, currency),
        nodes > 0 ? `+${nodes}` : String(nodes),
        changes.length === 0
          ? "the same sizes"
          : `${changes[0]}${changes.length > 1 ? `; ${changes.length - 1} more` : ""}`,
      ]),
    ),
  ];
}

function stepSection({ steps, currency }: StructurePlan, paths: readonly string[], most: number): Document {
  if (steps.length === 0)
    return [heading(2, "Steps"), paragraph("What is declared is the plan: there is nothing to do.")];
  return [
    heading(2, "Steps, in this order"),
    ...table(
      [right("#"), { title: "" }, { title: "Step" }, right(currency), { title: "Risk" }],
      steps
        .slice(0, most)
        .map(({ order, symbol, what, subject, kind, monthly, risk }) => [
          String(order),
          symbol,
          kind !== "cluster" ? `${subject.slice(0, subject.indexOf("/"))}: ${what}` : what,
          monthly === undefined ? "" : signed(monthly, currency),
          risk,
        ]),
    ),
    ...(steps.length > most
      ? [
          paragraph(
            `${counted(steps.length - most, "more step")}: ${printedCommand(["plan", "--no-alternatives", "--all-steps"], paths)} shows all.`,
          ),
        ]
      : []),
    ...bullets([
      ...new Set(
        steps.filter(({ risk }) => risk !== "none").map(({ kind, caution }) => `${kindWord(kind)}: ${caution}.`),
      ),
    ]),
  ];
}

function kindWord(kind: "cluster" | "nodePool" | "manifests"): string {
  return kind === "nodePool" ? "Pools" : kind === "cluster" ? "Clusters" : "Manifests";
}

function contradictionSection({ contradiction, currency }: StructurePlan): Document {
  if (contradiction === undefined) return [];
  return [
    heading(2, "Demands that cannot all hold"),
    paragraph(
      "None of these can be left out of the contradiction; this is what relaxing each would cost. Regions, names that collide and definitions of CRDs hold as they are. What follows is planned without these limits.",
    ),
    ...numbered(
      contradiction.demands.map(
        ({ demand, monthlyWithout }) =>
          `${demand}. Without it: ${monthlyWithout === undefined ? "still no structure" : `${formatMoney(monthlyWithout, currency)} a month for nodes and tiers`}.`,
      ),
    ),
  ];
}

function assumptionSection({ assumptions }: StructurePlan, paths: readonly string[]): Document {
  const own = assumptions.filter(({ id }) => ownAssumptions.test(id));
  const others = assumptions.length - own.length;
  return [
    heading(2, "Assumptions"),
    ...bullets(own.map(({ id, text }) => `${id}: ${text}`)),
    ...(others > 0
      ? [
          paragraph(
            `${counted(others, "more assumption")} of price, capacity and availability: ${printedCommand(["plan", "--no-alternatives", "-o", "json"], paths)} lists all.`,
          ),
        ]
      : []),
  ];
}

function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)}%`;
}

/** Without the currency, which the column's title has. */
function amount(value: number, currency: string): string {
  return formatMoney(value, currency).slice(currency.length + 1);
}

function signed(value: number, currency: string): string {
  return value > 0 ? `+${amount(value, currency)}` : value < 0 ? `-${amount(-value, currency)}` : "0";
}

function short(vmSize: string): string {
  return vmSize.replace("Standard_", "");
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
