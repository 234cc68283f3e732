import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import { exactMoney } from "../figures/money.ts";
import { workloadCosts } from "../graph/measure-boxes.ts";
import { workloadIdParts } from "../graph/workload-id.ts";
import { journeysWorstFirst } from "../graph/worst-first.ts";
import { PlaceLink } from "../places/place-link.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import { DependencyList } from "./dependency-list.tsx";
import classes from "./details.module.css";
import { FactList } from "./fact-list.tsx";
import { FigureLine } from "./figure-line.tsx";
import { FindingList } from "./finding-list.tsx";
import { JourneyList } from "./journey-list.tsx";
import { Section } from "./section.tsx";
import { SelectButton } from "./select-button.tsx";

type WorkloadSummary = Assessment["estate"]["workloads"][number];

/** A workload: whose it is, where it runs, what it costs, which journeys lean on it, what is wrong with it. */
export function WorkloadDetails({ workload }: { readonly workload: WorkloadSummary }) {
  const { assessment } = useWorkbench();
  const parts = workloadIdParts(workload.id);
  const journeys = journeysWorstFirst(assessment).filter((one) => one.workloads.includes(workload.id));
  const reason = assessment.structure.clusters
    .flatMap((cluster) => cluster.unplaced)
    .find((one) => one.workload === workload.id)?.reason;
  return (
    <div className={classes.panel}>
      <p className={classes.kind}>{parts?.kind ?? "Workload"}</p>
      <h2 className={classes.title}>{parts?.name ?? workload.label}</h2>
      <code className={classes.id}>{workload.id}</code>
      {reason === undefined ? null : <p className={classes.note}>No pool admits it: {reason}.</p>}
      <Section title="What it is">
        <WorkloadFacts workload={workload} />
      </Section>
      <Section title="Cost">
        <WorkloadCost workload={workload} />
      </Section>
      <Section title="Journeys that lean on it">
        <JourneyList journeys={journeys} />
      </Section>
      <DependencyList workload={workload.id} />
      <FindingList subjects={[workload.id]} />
    </div>
  );
}

function WorkloadFacts({ workload }: { readonly workload: WorkloadSummary }) {
  const { replicas } = workload;
  const count =
    replicas.minimum === replicas.maximum ? `${replicas.minimum}` : `${replicas.minimum} to ${replicas.maximum}`;
  const application = workload.application;
  return (
    <FactList
      rows={[
        {
          name: "Tenant",
          value: <SelectButton selection={`tenant/${workload.tenant}`}>{workload.tenant}</SelectButton>,
        },
        ...(application === undefined
          ? []
          : [
              {
                name: "Application",
                value: <SelectButton selection={`application/${application}`}>{application}</SelectButton>,
              },
            ]),
        { name: "Replicas", value: count },
        { name: "Runs as", value: runWords(workload.run) },
        { name: "Written in", value: <PlaceLink place={workload.place} /> },
      ]}
    />
  );
}

function runWords(run: string): string {
  switch (run) {
    case "serving":
      return "a service, until stopped";
    case "perNode":
      return "one pod on each node";
    case "task":
      return "a task that ends";
    default:
      return run;
  }
}

function WorkloadCost({ workload }: { readonly workload: WorkloadSummary }) {
  const { assessment } = useWorkbench();
  const cost = workloadCosts(assessment).get(workload.id);
  if (cost === undefined) return <p className={classes.soft}>Nothing of the bill is shared out to it.</p>;
  return (
    <>
      <FactList rows={[{ name: "Its share", value: `${exactMoney(cost, assessment.cost.currency)}/month` }]} />
      <FigureLine figure={assessment.cost.monthly} label="of the whole bill" />
    </>
  );
}
