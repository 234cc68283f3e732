import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import { workloadIdParts } from "../graph/workload-id.ts";
import { PlaceLink } from "../places/place-link.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./details.module.css";
import { Section } from "./section.tsx";
import { SelectButton } from "./select-button.tsx";

type Dependency = Assessment["estate"]["dependencies"][number];

/** What a workload or outside target leans on, and what leans on it, each with its evidence. */
export function DependencyList({ workload }: { readonly workload: string }) {
  const { assessment } = useWorkbench();
  const out = assessment.estate.dependencies.filter((one) => one.from === workload);
  const into = assessment.estate.dependencies.filter((one) => one.to === workload);
  return (
    <>
      {out.length === 0 ? null : (
        <Section title="Leans on">
          <ul className={classes.list}>
            {out.map((dependency) => (
              <DependencyItem key={`${dependency.to} ${dependency.type}`} dependency={dependency} end="to" />
            ))}
          </ul>
        </Section>
      )}
      {into.length === 0 ? null : (
        <Section title="Leaned on by">
          <ul className={classes.list}>
            {into.map((dependency) => (
              <DependencyItem key={`${dependency.from} ${dependency.type}`} dependency={dependency} end="from" />
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function DependencyItem({ dependency, end }: { readonly dependency: Dependency; readonly end: "from" | "to" }) {
  const reference = dependency[end];
  const parts = workloadIdParts(reference);
  const [evidence] = dependency.evidence;
  return (
    <li className={classes.item}>
      <SelectButton selection={parts === undefined ? `target/${reference}` : `workload/${reference}`}>
        {parts === undefined ? reference : `${parts.namespace}/${parts.kind}/${parts.name}`}
      </SelectButton>{" "}
      <span className={classes.soft}>{dependency.type}</span>
      {evidence === undefined ? null : (
        <div className={classes.soft}>
          <code>{evidence.text}</code> <PlaceLink place={evidence.place} />
        </div>
      )}
    </li>
  );
}
