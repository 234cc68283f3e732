import { exactMoney } from "../figures/money.ts";
import type { Box } from "../graph/box.ts";
import { plural } from "../graph/plural.ts";
import { journeysWorstFirst } from "../graph/worst-first.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./details.module.css";
import { FactList } from "./fact-list.tsx";
import { FindingList } from "./finding-list.tsx";
import { JourneyList } from "./journey-list.tsx";
import { PoolDetails } from "./pool-details.tsx";
import { Section } from "./section.tsx";
import { SelectButton } from "./select-button.tsx";
import { SharingList } from "./sharing-list.tsx";

const kindWords = {
  region: "Region",
  cluster: "Cluster",
  pool: "Node pool",
  waiting: "Workloads without a pool",
  group: "Namespace on one pool",
  workload: "Workload",
  outside: "What workloads lean on",
  target: "Outside the clusters",
} as const;

/** A box that holds workloads: what it costs, who shares it, what runs through it, what is wrong in it. */
export function FrameDetails({ box }: { readonly box: Box }) {
  const { assessment, measures } = useWorkbench();
  const cost = measures.get(box.id)?.monthlyCost;
  const inside = new Set(box.workloads);
  const journeys = journeysWorstFirst(assessment).filter((journey) =>
    journey.workloads.some((workload) => inside.has(workload)),
  );
  const own = box.id.replace(/^(cluster|pool|region)\//, "");
  return (
    <div className={classes.panel}>
      <p className={classes.kind}>{kindWords[box.kind]}</p>
      <h2 className={classes.title}>{box.label}</h2>
      <p className={classes.soft}>{box.detail}</p>
      {box.kind === "pool" ? <PoolDetails box={box} /> : null}
      <Section title="What is in it">
        <FactList
          rows={[
            { name: "Workloads", value: `${box.workloads.length}, ${plural(box.pods, "pod")}` },
            { name: "Tenants", value: <Tenants names={box.tenants} /> },
            ...(cost === undefined
              ? []
              : [{ name: costWords(box), value: `${exactMoney(cost, assessment.cost.currency)}/month` }]),
          ]}
        />
      </Section>
      <SharingList tenants={box.tenants} />
      <Section title="Journeys through it">
        <JourneyList journeys={journeys.slice(0, 10)} />
      </Section>
      <FindingList subjects={[own, ...box.workloads]} />
    </div>
  );
}

function costWords(box: Box): string {
  return box.kind === "cluster" || box.kind === "region" ? "Bill" : "Shared out";
}

function Tenants({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return "none";
  return names.map((name, index) => (
    <span key={name}>
      {index === 0 ? "" : ", "}
      <SelectButton selection={`tenant/${name}`}>{name}</SelectButton>
    </span>
  ));
}
