import { toggleTerm } from "../graph/filter.ts";
import { severities } from "../graph/measure-boxes.ts";
import { arrowLimit } from "../graph/shown-arrows.ts";
import { severitySymbols } from "../lenses/findings-lens.ts";
import type { LegendRow } from "../lenses/look.ts";
import { Sign } from "../symbols/sign.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./legend.module.css";

/** What colours, symbols and arrows mean under the lens; tenants filter on a click. */
export function Legend() {
  const { lens, arrows, selection } = useWorkbench();
  const hidden = lens.arrows !== undefined && selection === undefined && arrows.length > arrowLimit;
  return (
    <section className={classes.legend} aria-label="Legend">
      <h2 className={classes.title}>{lens.title}</h2>
      <ul className={classes.rows}>
        {lens.legend.map((row) => (
          <li key={row.label}>
            <Row row={row} />
          </li>
        ))}
        {lens.arrows === "dependencies" ? <DependencyRows /> : null}
        {lens.arrows === "reach" ? <ReachRows /> : null}
        {hidden ? <li className={classes.hint}>select to see arrows</li> : null}
      </ul>
    </section>
  );
}

function Row({ row }: { readonly row: LegendRow }) {
  const { view, change } = useWorkbench();
  const { filter } = row;
  const severity = severities.find((one) => row.tone === `severity-${one}`);
  const content = (
    <>
      <span className={`${classes.swatch} tone-${row.tone}`}>
        {severity === undefined ? null : <Sign name={severitySymbols[severity]} />}
      </span>
      {row.label}
    </>
  );
  if (filter === undefined) return <span className={classes.row}>{content}</span>;
  return (
    <button
      type="button"
      className={classes.row}
      aria-pressed={view.filter.split(/\s+/).includes(filter)}
      title={`Filter by ${filter}`}
      onClick={() => change({ filter: toggleTerm(view.filter, filter) })}
    >
      {content}
    </button>
  );
}

const reachRows = [
  ["reachOpen", "all ports"],
  ["reachLimited", "some ports"],
  ["reachUnknown", "not known"],
  ["reachAround", "way round"],
] as const;

/** Arrows from the pods of one tenant to those of another; what is proven closed has none. */
function ReachRows() {
  const { arrows } = useWorkbench();
  const present = reachRows.filter(([type]) => arrows.some((arrow) => arrow.type === type));
  if (present.length === 0) return <li className={classes.hint}>no arrow: no tenant reaches another</li>;
  return (
    <>
      <li className={classes.hint}>may reach:</li>
      {present.map(([type, words]) => (
        <li key={type} className={classes.row}>
          <svg className={classes.line} data-type={type} viewBox="0 0 24 8" aria-hidden="true">
            <path d="M1 4h22" />
          </svg>
          {words}
        </li>
      ))}
    </>
  );
}

function DependencyRows() {
  return (
    <>
      <li className={classes.row}>
        <span className={classes.symbol} data-tone="warn">
          <Sign name="alert" />
        </span>
        single point
      </li>
      <li className={classes.row}>
        <span className={classes.symbol} data-tone="bad">
          <Sign name="cross" />
        </span>
        misses objective
      </li>
      {(["hard", "soft", "async"] as const).map((type) => (
        <li key={type} className={classes.row}>
          <svg className={classes.line} data-type={type} viewBox="0 0 24 8" aria-hidden="true">
            <path d="M1 4h22" />
          </svg>
          {type}
        </li>
      ))}
    </>
  );
}
