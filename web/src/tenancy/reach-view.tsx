import { useMemo } from "react";
import type { Reachability } from "../../../src/operations/tenancy/reachability.ts";
import type { ReachVerdict, TenantConnection } from "../../../src/tenancy/reachability/reachability-report.ts";
import { reachSentence } from "../graph/reach-arrows.ts";
import { PlaceLink } from "../places/place-link.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import { EndsTable } from "./ends-table.tsx";
import { HeatCell, type HeatLook } from "./heat-cell.tsx";
import { PolicyHint } from "./policy-hint.tsx";
import { ReachArrows } from "./reach-arrows.tsx";
import { type ReachCell, reachCells, reachTenants } from "./reach-matrix.ts";
import classes from "./tenancy-view.module.css";
import { verdictLook, verdictWords } from "./verdict-look.ts";
import { ZoneRules } from "./zone-rules.tsx";

/** Who may reach whom: a matrix from row to column, arrows, and the policies that decide about the chosen pair. */
export function ReachView({ report }: { readonly report: Reachability }) {
  const { view, change, narrow } = useWorkbench();
  const cells = useMemo(() => reachCells(report.tenants), [report]);
  const tenants = useMemo(() => reachTenants(report.tenants), [report]);
  if (cells.size === 0) return <p className={classes.empty}>No tenant runs a pod: there is nothing to reach.</p>;
  const chosen = cells.get(view.pair ?? "") ?? firstToRead([...cells.values()]);
  const choose = (cell: ReachCell) => change({ pair: cell.key });
  return (
    <>
      <p className={classes.lead}>{leadOf([...cells.values()])}</p>
      <div className={classes.reach}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the matrix scrolls, which needs the keyboard. */}
        <section className={classes.matrixBox} aria-label="Reachability matrix" tabIndex={0}>
          <table className={classes.matrix}>
            <caption className={classes.caption}>From the row to the column</caption>
            <thead>
              <tr>
                <td />
                {tenants.map((name) => (
                  <th key={name} scope="col">
                    <span>{name}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {tenants.map((row) => (
                <tr key={row}>
                  <th scope="row">{row}</th>
                  {tenants.map((column) => {
                    const cell = cells.get(`${row}/${column}`);
                    if (cell === undefined) return <td key={column} className={classes.none} />;
                    const [worst] = cell.connections;
                    return (
                      <HeatCell
                        key={column}
                        look={lookOf(worst, narrow)}
                        label={reachSentence(worst)}
                        chosen={cell === chosen}
                        onClick={() => choose(cell)}
                      />
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <ReachArrows cells={[...cells.values()]} tenants={tenants} ends={report.ends} chosen={chosen} />
      </div>
      {chosen === undefined ? null : <CellDetail cell={chosen} />}
      <EndsTable ends={report.ends} tenants={tenants} />
      <ZoneRules rules={report.zones} />
      <PolicyHint report={report} />
    </>
  );
}

/** What is open across tenants, else a way round, else the first pair of two. */
function firstToRead(cells: readonly ReachCell[]): ReachCell | undefined {
  const across = cells.filter(({ from, to }) => from !== to);
  return (
    across.find(({ connections: [worst] }) => worst.verdict !== "denied") ??
    across.find(({ connections: [worst] }) => worst.viaWorld?.certain === true) ??
    across.find(({ connections: [worst] }) => worst.viaWorld !== undefined) ??
    across[0] ??
    cells[0]
  );
}

function leadOf(cells: readonly ReachCell[]): string {
  const across = cells.filter(({ from, to }) => from !== to);
  const count = (verdict: ReachVerdict) =>
    across.filter(({ connections: [worst] }) => worst.verdict === verdict).length;
  const around = across.filter(({ connections }) => connections.some(({ viaWorld }) => viaWorld !== undefined)).length;
  const parts = [
    count("open") === 0 ? "" : `${count("open")} wide open`,
    count("limited") === 0 ? "" : `${count("limited")} open in part`,
    count("notEvaluable") === 0 ? "" : `${count("notEvaluable")} cannot be told`,
    count("denied") === 0 ? "" : `${count("denied")} proven closed`,
  ].filter((part) => part !== "");
  const lead = `Of ${across.length} ways from one tenant to another: ${parts.join(", ")}.`;
  return around === 0 ? lead : `${lead} ${around} have or may have a way round through a public entry point.`;
}

/** A closed way with a way round it is not proven closed. */
function lookOf({ verdict, ports, viaWorld }: TenantConnection, narrow: boolean): HeatLook {
  const look =
    verdict === "denied" && viaWorld !== undefined
      ? ({ tone: "gap-unknown", symbol: "alert", words: "way round" } as const)
      : { ...verdictLook[verdict], words: verdictWords(verdict, ports) };
  return { ...look, words: narrow ? "" : look.words, more: "" };
}

function CellDetail({ cell }: { readonly cell: ReachCell }) {
  return (
    <section className={classes.detail} aria-label={`From ${cell.from} to ${cell.to}`}>
      <h3 className={classes.title}>
        {cell.from} → {cell.to}
      </h3>
      {cell.connections.map((connection) => (
        <div key={connection.cluster} className={classes.connection}>
          <p>{reachSentence(connection)}</p>
          <Witness connection={connection} />
        </div>
      ))}
    </section>
  );
}

/** The connection that stands for the others, with what the policies of each end say. */
function Witness({ connection: { witness } }: { readonly connection: TenantConnection }) {
  const sides = [
    ["Out of", witness.from, witness.egress],
    ["Into", witness.to, witness.ingress],
  ] as const;
  return (
    <ul className={classes.rules}>
      {sides.map(([side, workload, { because, place }]) => (
        <li key={side}>
          {side} {workload}: {because}. {place === undefined ? null : <PlaceLink place={place} />}
        </li>
      ))}
    </ul>
  );
}
