import { plural } from "../graph/plural.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./failure-view.module.css";
import { countOf, failureName, type RankedFailure } from "./ranked-failures.ts";

interface FailureListProps {
  readonly failures: readonly RankedFailure[];
  readonly chosen: RankedFailure;
  readonly choose: (failure: RankedFailure) => void;
}

/** Rows drawn; the stepper reaches the others. */
const drawn = { wide: 300, narrow: 8 } as const;

/** Failures worst first; a click shows what one does. */
export function FailureList({ failures, chosen, choose }: FailureListProps) {
  const { narrow } = useWorkbench();
  const most = narrow ? drawn.narrow : drawn.wide;
  return (
    <div className={classes.list}>
      <ol className={classes.rows} aria-label="Failures, worst first">
        {failures.slice(0, most).map((each) => (
          <li key={each.key}>
            <button
              type="button"
              className={classes.row}
              aria-current={each === chosen ? "true" : undefined}
              onClick={() => choose(each)}
            >
              <span className={classes.name}>{failureName(each)}</span>
              <span className={classes.effect} data-bad={each.failure.pending > 0}>
                {effectWords(each)}
              </span>
            </button>
          </li>
        ))}
      </ol>
      {failures.length > most ? <p className={classes.soft}>{failures.length - most} more by the slider.</p> : null}
    </div>
  );
}

function effectWords(ranked: RankedFailure): string {
  const { pending, moved } = ranked.failure;
  const down = countOf(ranked, "down");
  const interrupted = countOf(ranked, "interrupted");
  const parts = [
    down === 0 ? "" : `${plural(down, "workload")} down`,
    pending === 0 ? "" : `${pending} pending`,
    down === 0 && interrupted > 0 ? `${interrupted} interrupted` : "",
    moved === 0 ? "" : `${moved} moved`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "nothing moves" : parts.join(", ");
}
