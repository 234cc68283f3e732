import { likelyValue } from "../../estate/figures/figure.ts";
import { formatMoney } from "../../estate/figures/format-figure.ts";
import type { LoadSimulation, StrategyOutcome } from "../../operations/simulation/simulate-load-report.ts";
import { percentText } from "../../operations/simulation/simulate-load-verdict.ts";
import type { LoadPoint } from "../../scheduling/clock/load-simulation.ts";
import type { Column } from "../terminal/table.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { sparkline } from "./sparkline.ts";

const number = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** The strategies side by side, their course over time, and what follows. */
export function loadSimulationDocument(report: LoadSimulation): Document {
  const { target, demand } = report;
  return [
    heading(1, `Load on ${target.entryPoint} of ${report.estate}, ${demand.days} days`),
    paragraph(
      `${code(target.workload)} serves ${number.format(target.perReplica)} ${target.unit} a replica. Demand: ${demand.source}${scaleWords(demand.scale)}, ${whole.format(demand.total)} units, at most ${number.format(demand.peak)} ${target.unit} on ${demand.peakAt.slice(0, 16).replace("T", " ")} UTC.`,
    ),
    ...bullets(report.verdict),
    heading(2, "Strategies side by side"),
    ...table(
      columns,
      report.strategies.map((each) => row(each, report.currency)),
    ),
    paragraph(
      "Cost: all nodes of the cluster and serverless instances; workload: of it, what the cluster without this workload would not cost; room: what its replicas hold of nodes, needed for others or not. Late: served after waiting. Cold: demand found nothing running. Pending: replica minutes without a node. Use: of ready capacity.",
    ),
    heading(2, "Course over time"),
    ...courseTable(report),
    ...report.strategies
      .filter(({ stoppedEarly }) => stoppedEarly)
      .map(({ strategy }) => paragraph(`${strategy} was stopped early; its figures are those up to there.`)),
    heading(2, "Assumptions"),
    ...bullets(report.assumptions.map(({ id, text, value }) => `${code(id)} ${text} Taken: ${value}.`)),
  ];
}

const columns: readonly Column[] = [
  { title: "Strategy" },
  { title: "Cost", align: "right" },
  { title: "Workload", align: "right" },
  { title: "Room", align: "right" },
  { title: "Not served", align: "right" },
  { title: "Late", align: "right" },
  { title: "Cold", align: "right" },
  { title: "Pending", align: "right" },
  { title: "Use", align: "right" },
  { title: "Replicas", align: "right" },
  { title: "Nodes", align: "right" },
];

function row(each: StrategyOutcome, currency: string): readonly string[] {
  const money = (figure: StrategyOutcome["cost"]) => {
    const amount = likelyValue(figure);
    return amount === undefined ? "?" : formatMoney(amount, currency).replace(/\.\d\d$/, "");
  };
  const share = (figure: StrategyOutcome["cost"]) => percentText(100 * (likelyValue(figure) ?? 0));
  const pendingMinutes = (likelyValue(each.pendingSeconds) ?? 0) / 60;
  return [
    each.strategy,
    money(each.cost),
    money(each.workloadCost).replace(`${currency} `, ""),
    money(each.heldCost).replace(`${currency} `, ""),
    share(each.unservedShare),
    share(each.servedLateShare),
    String(likelyValue(each.coldStarts) ?? 0),
    `${whole.format(pendingMinutes)} min`,
    `${whole.format(100 * (likelyValue(each.utilisation) ?? 0))} %`,
    `≤ ${each.mostReplicas}`,
    `≤ ${each.mostNodes}`,
  ];
}

const sparkColumns: readonly Column[] = [{ title: "" }, { title: "Course" }, { title: "Most", align: "right" }];

/** Demand once, then what each strategy made of it. */
function courseTable({ strategies, target }: LoadSimulation): Document {
  const [first] = strategies;
  if (first === undefined) return [];
  const line = (name: string, { series }: StrategyOutcome, value: (point: LoadPoint) => number) => {
    const values = series.map(value);
    const most = values.reduce((top, each) => Math.max(top, each), 0);
    return [name, sparkline(values), number.format(most)];
  };
  return table(sparkColumns, [
    line(`demand, ${target.unit}`, first, ({ demand }) => demand),
    ...strategies.flatMap((each) => [
      line(`${each.strategy}: replicas`, each, ({ ready }) => ready),
      line(`${each.strategy}: nodes`, each, ({ nodes }) => nodes),
      line(`${each.strategy}: not served`, each, ({ unserved }) => unserved),
    ]),
  ]);
}

function scaleWords(scale: number): string {
  return scale === 1 ? "" : ` times ${scale}`;
}
