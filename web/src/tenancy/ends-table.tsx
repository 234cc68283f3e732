import { useState } from "react";
import type { TenantEnds } from "../../../src/tenancy/reachability/reachability-report.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import { HeatCell } from "./heat-cell.tsx";
import { type EndName, endNames, worstEnd } from "./reach-matrix.ts";
import classes from "./tenancy-view.module.css";
import { verdictLook, verdictWords } from "./verdict-look.ts";

const titles: { readonly [end in EndName]: string } = {
  exposed: "from the internet",
  world: "to the internet",
  node: "to its node",
  apiServer: "to the API server",
  imds: "to instance metadata",
};

interface EndsTableProps {
  readonly ends: readonly TenantEnds[];
  readonly tenants: readonly string[];
}

/** What each tenant reaches beside pods, and what reaches it from outside; a click says why. */
export function EndsTable({ ends, tenants }: EndsTableProps) {
  const { narrow } = useWorkbench();
  const [chosen, setChosen] = useState<{ readonly tenant: string; readonly end: EndName }>();
  const shown = chosen === undefined ? undefined : worstEnd(ends, chosen.tenant, chosen.end);
  return (
    <section className={classes.detail} aria-label="Beyond pods">
      <h3 className={classes.title}>Beyond pods</h3>
      <p className={classes.soft}>The cluster where most is open; choose a cell to see what decides it.</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the matrix scrolls, which needs the keyboard. */}
      <section className={classes.scroll} aria-label="Ways in and out" tabIndex={0}>
        <table className={classes.matrix}>
          <thead>
            <tr>
              <td />
              {endNames.map((end) => (
                <th key={end} scope="col">
                  <span>{titles[end]}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tenants.map((tenant) => (
              <tr key={tenant}>
                <th scope="row">{tenant}</th>
                {endNames.map((end) => {
                  const reach = worstEnd(ends, tenant, end);
                  if (reach === undefined) return <td key={end} className={classes.none} />;
                  const words = verdictWords(reach.verdict, reach.ports);
                  return (
                    <HeatCell
                      key={end}
                      look={{ ...verdictLook[reach.verdict], words: narrow ? "" : words, more: "" }}
                      label={`${tenant} ${titles[end]}: ${words}`}
                      chosen={chosen?.tenant === tenant && chosen.end === end}
                      onClick={() => setChosen({ tenant, end })}
                    />
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {chosen === undefined || shown === undefined ? null : (
        <p className={classes.reason} role="status">
          <strong>
            {chosen.tenant} {titles[chosen.end]}
          </strong>{" "}
          on {shown.cluster}: {verdictWords(shown.verdict, "")}
          {shown.verdict === "limited" ? ` (${shown.ports})` : ""}
          {shown.workload === undefined ? "" : `, by ${shown.workload}`}. {shown.because}.
        </p>
      )}
    </section>
  );
}
