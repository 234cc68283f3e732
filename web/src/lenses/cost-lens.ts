import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import { wholeMoney } from "../figures/money.ts";
import { classOf, type ScaleClass, scaleClasses } from "../graph/colour-scale.ts";
import { workloadCosts } from "../graph/measure-boxes.ts";
import type { Lens } from "./look.ts";

/** Classes of the cost palette. */
const costTones = 5;

/** Colour: monthly cost of the workload. Badges: the bill of pools, clusters and regions. */
export function costLens(assessment: Assessment): Lens {
  const { currency } = assessment.cost;
  const classes = scaleClasses([...workloadCosts(assessment).values()], costTones);
  return {
    title: `${currency} a month`,
    arrows: undefined,
    legend: [
      ...classes.map((one) => ({ tone: toneOf(one, classes.length), label: classLabel(one, currency) })),
      { tone: "none", label: "nothing shared out to it" },
    ],
    look: (box, measure) => {
      if (measure.monthlyCost === undefined) return { tone: "none", words: "", badges: [] };
      const words = `${wholeMoney(measure.monthlyCost, currency)}/month`;
      if (box.kind !== "workload" && box.kind !== "group") {
        const title =
          box.kind === "pool" ? `Shared out to the workloads of this pool: ${words}` : `Billed here: ${words}`;
        return { tone: "none", words: "", badges: [{ symbol: "pin", text: words, tone: "plain", title }] };
      }
      const found = classOf(classes, measure.monthlyCost);
      return { tone: found === undefined ? "none" : toneOf(found, classes.length), words, badges: [] };
    },
  };
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
