import { type Figure, likelyValue } from "../../estate/figures/figure.ts";
import type { BreakEven, ScalingEconomics } from "../../operations/cost/scaling-economics-report.ts";
import { wayLabels } from "../../operations/cost/scaling-economics-verdict.ts";
import { percentText } from "../../operations/simulation/simulate-load-verdict.ts";
import type { Column } from "../terminal/table.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { sparkline } from "./sparkline.ts";
import { listed } from "./words.ts";

const number = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });
const oneDecimal = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const twoDecimals = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const right = (title: string): Column => ({ title, align: "right" });

/** The verdict, the strategies under the declared demand, the curves and where they cross. */
export function scalingEconomicsDocument(report: ScalingEconomics): Document {
  const { target, demand } = report;
  const place =
    target.vmSize === undefined ? target.cluster : `pool ${target.pool} (${target.vmSize}) of ${target.cluster}`;
  return [
    heading(1, `Scaling of ${target.workload}`),
    paragraph(
      `On ${place}; ${demand.source} over ${demand.days} days from ${demand.start.slice(0, 10)}: at most ${number.format(demand.peak)} ${target.unit}, ${number.format(demand.mean)} on average. ${target.replicas} replicas hold the peak, each serves up to ${number.format(target.perReplica)}${target.replicasPerNode === undefined ? "" : `, ${target.replicasPerNode} to a node`}.`,
    ),
    ...bullets(report.verdict),
    heading(2, "Strategies under the declared demand"),
    ...strategies(report),
    heading(2, "Over the duty cycle"),
    ...curves(report),
    ...breakEvens(report),
    ...(report.missing.length === 0 ? [] : [paragraph(`Without a price, so left out: ${listed(report.missing, 12)}.`)]),
    heading(2, "Assumptions"),
    ...bullets(report.assumptions.map(({ id, text, value }) => `${code(id)} ${text} Taken: ${value}.`)),
  ];
}

function strategies({ strategies: all, currency }: ScalingEconomics): Document {
  const money = (figure: Figure) => {
    const amount = likelyValue(figure);
    return amount === undefined ? "?" : twoDecimals.format(amount);
  };
  const share = (figure: Figure) => percentText(100 * (likelyValue(figure) ?? 0));
  return [
    ...table(
      [
        { title: "Strategy" },
        right(`Room, ${currency}`),
        right(`Nodes, ${currency}`),
        right("Not served"),
        right("Late"),
        right("Cold"),
        right("Pending"),
        right("Replicas"),
      ],
      all.map((each) => [
        each.strategy,
        money(each.monthlyRoom),
        money(each.monthlyNodes),
        share(each.unservedShare),
        share(each.servedLateShare),
        String(likelyValue(each.coldStarts) ?? 0),
        `${number.format((likelyValue(each.pendingSeconds) ?? 0) / 60)} min`,
        `≤ ${each.mostReplicas}`,
      ]),
    ),
    paragraph(
      "Money for a month of 730 hours. Room: what its replicas hold of nodes, and serverless instances. Nodes: what the nodes cost more than without the workload; 0 where they are there anyway. Late: served after waiting. Cold: demand found nothing running. Pending: replica minutes without a node.",
    ),
  ];
}

const shownDuties = [0.1, 0.25, 0.5, 1];

function curves({ curves: all, currency, demand }: ScalingEconomics): Document {
  const at = (points: (typeof all)[number]["points"], duty: number) => {
    const above = points.findIndex((point) => point.duty >= duty - 1e-12);
    const [left, next] = [points[above - 1], points[above]];
    if (next === undefined) return "";
    if (left === undefined || Math.abs(next.duty - duty) < 1e-12) return oneDecimal.format(next.monthlyCost);
    const part = (duty - left.duty) / (next.duty - left.duty);
    return oneDecimal.format(left.monthlyCost + part * (next.monthlyCost - left.monthlyCost));
  };
  const sorted = all.toSorted((left, right) => Number(left.kind === "used") - Number(right.kind === "used"));
  return [
    ...table(
      [
        { title: `${currency} a month` },
        ...shownDuties.map((duty) => right(`${Math.round(100 * duty)} %`)),
        right(`here, ${percentText(100 * demand.duty)}`),
        { title: "0 to 100 %" },
      ],
      sorted.map((curve) => [
        curve.label,
        ...shownDuties.map((duty) => at(curve.points, duty)),
        curve.atDemand === undefined ? "" : oneDecimal.format(curve.atDemand),
        sparkline(
          curve.points.map(({ monthlyCost }) => monthlyCost),
          11,
        ),
      ]),
    ),
    paragraph(
      "Duty cycle: share of the time in which demand is at its peak, with none in between. A blank cannot serve that much.",
    ),
  ];
}

function breakEvens({ breakEvens: all, currency }: ScalingEconomics): Document {
  if (all.length === 0) return [paragraph("No two curves cross: whichever is cheaper is so at every duty cycle.")];
  const percent = ({ duty }: BreakEven) => percentText(100 * (likelyValue(duty) ?? 0));
  return [
    heading(2, "Where they break even"),
    ...table(
      [
        { title: "Cheaper below" },
        { title: "Cheaper above" },
        right("Duty"),
        right("Hours a day"),
        right(`${currency} there`),
      ],
      all.map((each) => [
        wayLabels[each.cheaperBelow],
        wayLabels[each.cheaperBelow === each.used ? each.held : each.used],
        percent(each),
        each.hoursPerDay.toFixed(1),
        oneDecimal.format(each.monthlyCost),
      ]),
    ),
  ];
}
