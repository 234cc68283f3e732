import type { Box } from "../graph/box.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import { DependencyList } from "./dependency-list.tsx";
import classes from "./details.module.css";
import { Section } from "./section.tsx";

/** Something outside the clusters, with what leans on it. */
export function TargetDetails({ box }: { readonly box: Box }) {
  const { measures } = useWorkbench();
  const takesDown = measures.get(box.id)?.takesDown ?? [];
  return (
    <div className={classes.panel}>
      <p className={classes.kind}>Outside the clusters: {box.detail}</p>
      <h2 className={classes.title}>{box.label}</h2>
      {takesDown.length === 0 ? null : (
        <Section title="Alone it takes down">
          <ul className={classes.list}>
            {takesDown.map((journey) => (
              <li key={journey}>{journey}</li>
            ))}
          </ul>
        </Section>
      )}
      <DependencyList workload={box.id.slice("target/".length)} />
    </div>
  );
}
