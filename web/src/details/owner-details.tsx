import { exactMoney } from "../figures/money.ts";
import type { Selection } from "../graph/selection.ts";
import { journeysWorstFirst } from "../graph/worst-first.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./details.module.css";
import { FactList } from "./fact-list.tsx";
import { FindingList } from "./finding-list.tsx";
import { JourneyList } from "./journey-list.tsx";
import { Section } from "./section.tsx";
import { SharingList } from "./sharing-list.tsx";

const kindWords: { readonly [kind: string]: string } = {
  tenant: "Tenant",
  application: "Application",
  environment: "Environment",
};

/** A tenant, application or environment: its part of the bill, its journeys, what it shares. */
export function OwnerDetails({ selection }: { readonly selection: Selection }) {
  const { assessment } = useWorkbench();
  const inside = new Set(selection.workloads);
  const rows = assessment.cost.allocation.filter((row) => row.workload !== undefined && inside.has(row.workload));
  const cost = rows.reduce((sum, row) => sum + row.monthlyCost, 0);
  const presence = assessment.structure.tenants.find(
    (tenant) => selection.kind === "tenant" && tenant.tenant === selection.name,
  );
  const journeys = journeysWorstFirst(assessment).filter((journey) =>
    journey.workloads.some((workload) => inside.has(workload)),
  );
  return (
    <div className={classes.panel}>
      <p className={classes.kind}>{kindWords[selection.kind] ?? ""}</p>
      <h2 className={classes.title}>{selection.name}</h2>
      <Section title="What it has">
        <FactList
          rows={[
            { name: "Workloads", value: String(inside.size) },
            { name: "Its share", value: `${exactMoney(cost, assessment.cost.currency)}/month` },
            ...(presence === undefined
              ? []
              : [
                  { name: "Trust", value: presence.trust },
                  { name: "Classification", value: presence.classification ?? "none declared" },
                  { name: "Namespaces", value: presence.namespaces.join(", ") || "none" },
                  { name: "Pools", value: presence.pools.join(", ") || "none" },
                ]),
          ]}
        />
      </Section>
      {selection.kind === "tenant" ? <SharingList tenants={[selection.name]} /> : null}
      <Section title="Journeys">
        <JourneyList journeys={journeys.slice(0, 12)} />
      </Section>
      <FindingList subjects={selection.workloads} />
    </div>
  );
}
