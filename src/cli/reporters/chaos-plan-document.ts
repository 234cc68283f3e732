import type { ChaosDrill, ChaosExperiment, ChaosPlan } from "../../operations/chaos/chaos-plan-report.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { shortDuration } from "./slo-words.ts";
import { counted, listed } from "./words.ts";

/** Experiments and drills, most worth first, then each in full. */
export function chaosPlanDocument(plan: ChaosPlan): Document {
  const { environment, experiments, drills, notPlanned, candidates, incomplete, currency } = plan;
  const labels = new Map(plan.journeys.map(({ journey, label }) => [journey, label]));
  const fitting = experiments.filter(({ budget }) => budget.fits).length;
  return [
    heading(1, `Chaos plan of ${environment}`),
    paragraph(
      `${counted(experiments.length, "experiment")} that tools run, ${counted(drills.length, "drill")} that people play. ${fitting} of the experiments fit the error budgets of ${environment}; the others are for the environment before it.`,
    ),
    ...table(
      [
        { title: "#", align: "right" },
        { title: "Experiment" },
        { title: "Hit most" },
        { title: "Predicted down", align: "right" },
        { title: "Run in" },
        { title: `Worth ${currency}`, align: "right" },
      ],
      experiments.map((each, index) => [
        String(index + 1),
        each.title,
        labels.get(each.predictions[0]?.journey ?? "") ?? "",
        shortDuration(each.predictions[0]?.downtimeSeconds ?? 0),
        each.environments.length === 0 ? "nowhere yet" : each.environments.join(", "),
        worthText(each),
      ]),
    ),
    paragraph(
      "Worth: what the failures would cost a month if nothing softened them, times how unsure the prediction is. A quarter of the places is kept for pairs: they alone prove redundancy.",
    ),
    ...experiments.flatMap((each, index) => experimentSection(each, index, labels, currency)),
    ...drillSection(drills, labels),
    ...bullets([
      "An experiment injects a fault by a tool and proves that the system tolerates it; it ends by itself. A drill is played by people and proves decisions, data and the way back; it ends with a check of the data.",
      ...incomplete.map(
        ({ journey, missing }) => `${journey} is planned for by what is known of it: it lacks ${listed(missing)}.`,
      ),
      ...(notPlanned > 0
        ? [
            `${notPlanned} of ${candidates} sets of one or two failures are worth less or are for people, and not in the plan; --limit takes more.`,
          ]
        : []),
      "--to FOLDER writes plan.json, manifests and run-books; scantling chaos verify compares what was seen with plan.json.",
    ]),
  ];
}

function experimentSection(
  experiment: ChaosExperiment,
  index: number,
  labels: ReadonlyMap<string, string>,
  currency: string,
): Document {
  const { id, title, hypothesis, predictions, replay, abort, blastRadius, budget, tools, files, faultSeconds, stages } =
    experiment;
  const effects = predictions
    .slice(0, 4)
    .map(({ journey, downtimeSeconds }) => `${labels.get(journey) ?? journey} ${shortDuration(downtimeSeconds)}`);
  const parts = predictions[0]?.parts.map(({ name, seconds }) => `${name} ${shortDuration(seconds)}`) ?? [];
  return [
    heading(2, `${index + 1}. ${title}`),
    paragraph(hypothesis),
    ...bullets([
      `${code(id)}: ${stages > 1 ? `${stages} stages of ` : ""}${shortDuration(faultSeconds)}. Predicted down: ${listed(effects, 4)}${parts.length === 0 ? "" : `; by ${listed(parts)}`}.`,
      ...(replay === undefined ? [] : [`The scheduler, replayed: ${replay}`]),
      `Abort after ${shortDuration(abort.afterSeconds)} of failure: ${code(abort.condition)}.`,
      `Reaches ${blastRadius}.`,
      `Budget: ${budgetText(budget, labels)}${budget.cost > 0 ? `; predicted downtime costs ${Math.round(budget.cost).toLocaleString("en-US")} ${currency} in production` : ""}.`,
      ...(tools.capabilities.length === 0
        ? []
        : [
            `Chaos Studio needs ${listed(
              tools.capabilities.map(({ capability, target }) => `${code(capability)} on the ${target}`),
              3,
            )}.`,
          ]),
      `Files: ${files.join(", ")}.`,
    ]),
  ];
}

function budgetText(
  { fits, journey, spendSeconds, allowedSeconds }: ChaosExperiment["budget"],
  labels: ReadonlyMap<string, string>,
): string {
  if (spendSeconds === 0) return "nothing is spent if the hypothesis holds";
  if (journey === undefined || allowedSeconds === undefined)
    return `${shortDuration(spendSeconds)}, of no declared objective`;
  const label = labels.get(journey) ?? journey;
  const allowed = allowedSeconds === 0 ? "nothing" : shortDuration(allowedSeconds);
  return `${label} spends ${shortDuration(spendSeconds)} and may spend ${allowed}, half of what is safely left${fits ? "" : ": not in production"}`;
}

function drillSection(drills: readonly ChaosDrill[], labels: ReadonlyMap<string, string>): Document {
  if (drills.length === 0) return [];
  return [
    heading(2, "Drills"),
    ...table(
      [
        { title: "Drill" },
        { title: "Hit most" },
        { title: "Predicted RTO", align: "right" },
        { title: "Predicted RPO", align: "right" },
        { title: "Run-book" },
      ],
      drills.map(({ procedure, expectations, file, scenario }) => {
        const [first] = expectations;
        return [
          procedure.title,
          labels.get(first?.journey ?? "") ?? "",
          first?.rtoSeconds === undefined ? "not before it is back" : shortDuration(first.rtoSeconds),
          scenario !== "region" ? "-" : first?.rpoSeconds === undefined ? "not known" : shortDuration(first.rpoSeconds),
          file,
        ];
      }),
    ),
  ];
}

function worthText({ worth }: ChaosExperiment): string {
  if (worth.monthlyCost === 0) return "no cost declared";
  return worth.monthlyValue < 1 ? "<1" : Math.round(worth.monthlyValue).toLocaleString("en-US");
}
