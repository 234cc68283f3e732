import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import { wholeMoney } from "../figures/money.ts";
import type { Box } from "../graph/box.ts";
import { classOf, type ScaleClass, scaleClasses } from "../graph/colour-scale.ts";
import { type BoxMeasure, workloadCosts } from "../graph/measure-boxes.ts";
import type { Badge, Lens } from "./look.ts";

/** Classes of the cost palette. */
const costTones = 5;

/**
 * Colour: monthly cost of the workload. Badges: the bill of pools, clusters and regions, how much of a cluster is idle,
 * and what has no price.
 */
export function costLens(assessment: Assessment): Lens {
  const { currency } = assessment.cost;
  const idle = idleByCluster(assessment);
  const classes = scaleClasses([...workloadCosts(assessment).values()], costTones);
  return {
    title: `${currency} a month`,
    arrows: undefined,
    legend: [
      ...classes.map((one) => ({ tone: toneOf(one, classes.length), label: classLabel(one, currency) })),
      { tone: "none", label: "nothing shared out to it" },
    ],
    look: (box, measure) => {
      const further = [...idleBadge(box, measure, idle, currency), ...unpricedBadge(box, assessment)];
      if (measure.monthlyCost === undefined) return { tone: "none", words: "", badges: further };
      const words = `${wholeMoney(measure.monthlyCost, currency)}/month`;
      if (box.kind !== "workload" && box.kind !== "group") {
        const title =
          box.kind === "pool" ? `Shared out to the workloads of this pool: ${words}` : `Billed here: ${words}`;
        return { tone: "none", words: "", badges: [{ symbol: "pin", text: words, tone: "plain", title }, ...further] };
      }
      const found = classOf(classes, measure.monthlyCost);
      return { tone: found === undefined ? "none" : toneOf(found, classes.length), words, badges: [] };
    },
  };
}

/** What nobody asks for, by cluster. */
function idleByCluster({ cost }: Assessment): ReadonlyMap<string, number> {
  const idle = new Map<string, number>();
  for (const { part, cluster, monthlyCost } of cost.allocation) {
    if (part === "idle" && cluster !== undefined) idle.set(cluster, (idle.get(cluster) ?? 0) + monthlyCost);
  }
  return idle;
}

function idleBadge(
  box: Box,
  { monthlyCost }: BoxMeasure,
  idle: ReadonlyMap<string, number>,
  currency: string,
): readonly Badge[] {
  const amount = box.kind === "cluster" ? idle.get(box.label) : undefined;
  if (amount === undefined || amount <= 0 || monthlyCost === undefined || monthlyCost <= 0) return [];
  const text = `${Math.round((100 * amount) / monthlyCost)}% idle`;
  return [
    { symbol: "ring", text, tone: "plain", title: `Nobody asks for ${wholeMoney(amount, currency)} a month of it` },
  ];
}

/** Its amount is then without something. */
function unpricedBadge({ kind, id }: Box, { cost }: Assessment): readonly Badge[] {
  if (kind !== "pool" && kind !== "cluster") return [];
  const place = id.slice(id.indexOf("/") + 1);
  const items = cost.unpriced.filter((item) => item.id.startsWith(`cost/${place}/`));
  if (items.length === 0) return [];
  const title = `Without a price: ${items.map(({ label }) => label).join(", ")}`;
  return [{ symbol: "question", text: "no price", tone: "warn", title }];
}

/** Few classes are spread over the palette, so that the dearest is always the darkest. */
function toneOf(one: ScaleClass, count: number): string {
  const position = count < 2 ? 1 : one.index / (count - 1);
  return `cost-${Math.round(position * (costTones - 1))}`;
}

function classLabel(one: ScaleClass, currency: string): string {
  if (one.to === Number.POSITIVE_INFINITY) return one.from === 0 ? "any" : `${wholeMoney(one.from, currency)} and more`;
  if (one.from === 0) return `below ${wholeMoney(one.to, currency)}`;
  return `${wholeMoney(one.from, currency)} – ${wholeMoney(one.to, currency)}`;
}
