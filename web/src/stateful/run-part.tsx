import type {
  ConsistencySimulation,
  GuaranteeOutcome,
} from "../../../src/operations/stateful/consistency/consistency-report.ts";
import { consistencyLevels } from "../../../src/stateful/simulation/scenario/scenario.ts";
import { wholeMoney } from "../figures/money.ts";
import { Badge } from "../symbols/badge.tsx";
import { Choice } from "../symbols/choice.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import type { ListedStore } from "./chosen-store.ts";
import classes from "./stateful-view.module.css";
import { guaranteeNames } from "./store-words.ts";
import { TracePlayer } from "./trace-player.tsx";
import { useRun } from "./use-stateful.ts";

/** What clients see of a store: guarantees kept and broken over many runs, and the fewest steps that break one. */
export function RunPart({ store }: { readonly store: ListedStore }) {
  const { texts, view, change } = useWorkbench();
  const isDeclared = store.advice !== undefined;
  const state = useRun(texts, isDeclared ? store.key : undefined, view);
  if (!isDeclared) {
    return (
      <p className={classes.words}>
        No DataStore names it, so nothing says what its clients do: declare one to have it played.
      </p>
    );
  }
  return (
    <>
      <div className={classes.controls}>
        {state.kind === "ready" ? <Broken run={state.report} /> : null}
        <span className={classes.field}>
          <label htmlFor="stores-level">Level</label>
          <select
            id="stores-level"
            className={classes.select}
            value={view.level ?? ""}
            onChange={({ currentTarget: { value } }) =>
              change({ level: value === "" ? undefined : value, broken: undefined, step: undefined })
            }
          >
            <option value="">as declared</option>
            {consistencyLevels.map((level) => (
              <option key={level} value={level}>
                Cosmos DB, {level}
              </option>
            ))}
          </select>
        </span>
        <Choice
          label="Session token of clients that move"
          value={view.token}
          options={[
            { value: "declared", label: "As declared" },
            { value: "kept", label: "Token kept", hint: "Clients that change region carry their session token" },
            { value: "lost", label: "Token lost", hint: "Clients that change region come without it" },
          ]}
          onChange={(token) => change({ token, broken: undefined, step: undefined })}
        />
      </div>
      {state.kind === "failed" ? (
        <p className={classes.words} role="alert">
          {state.problem.sentence}
        </p>
      ) : state.kind === "loading" ? (
        <p className={classes.words} role="status">
          Playing clients on the store
        </p>
      ) : (
        <Played run={state.report} />
      )}
    </>
  );
}

function Played({ run }: { readonly run: ConsistencySimulation }) {
  const { view } = useWorkbench();
  const [first] = run.diagnostics;
  if (first !== undefined && run.guarantees.length === 0) {
    return (
      <div className={classes.words} role="alert">
        <p>{first.message}</p>
        <p>{first.hint}</p>
      </div>
    );
  }
  const trace = run.traces.find(({ kind }) => kind === view.broken) ?? run.traces[0];
  return (
    <>
      <p className={classes.words}>
        {run.store}: workload {run.workload} in {run.regions.join(" and ")}, {run.runs.toLocaleString("en-US")} runs
        with seed {run.seed}, {run.events.toLocaleString("en-US")} events, trace <code>{run.traceHash}</code>.
      </p>
      {trace === undefined ? (
        <p className={classes.words}>Nothing broke, so there is no trace to play.</p>
      ) : (
        <>
          <h3 className={classes.subtitle}>The fewest steps that break it: {guaranteeNames[trace.kind]}</h3>
          <p className={classes.words}>
            {trace.operations} {trace.operations === 1 ? "operation" : "operations"} and{" "}
            {trace.faults === 0 ? "no faults" : `${trace.faults} ${trace.faults === 1 ? "fault" : "faults"}`} (run{" "}
            {trace.seed}); without any one of them it holds.
          </p>
          <TracePlayer key={`${trace.kind} ${trace.traceHash}`} trace={trace} regions={run.regions} />
        </>
      )}
      <h3 className={classes.subtitle}>All guarantees</h3>
      <Guarantees run={run} played={trace?.kind} />
    </>
  );
}

/** Which broken guarantee is played. */
function Broken({ run }: { readonly run: ConsistencySimulation }) {
  const { view, change } = useWorkbench();
  const chosen = run.traces.find(({ kind }) => kind === view.broken) ?? run.traces[0];
  if (chosen === undefined) return null;
  return (
    <span className={classes.field}>
      <label htmlFor="stores-broken">Broken</label>
      <select
        id="stores-broken"
        className={classes.select}
        value={chosen.kind}
        onChange={({ currentTarget: { value } }) => change({ broken: value, step: undefined })}
      >
        {run.traces.map(({ kind }) => (
          <option key={kind} value={kind}>
            {guaranteeNames[kind]}
          </option>
        ))}
      </select>
    </span>
  );
}

function Guarantees({ run, played }: { readonly run: ConsistencySimulation; readonly played: string | undefined }) {
  const { assessment, change } = useWorkbench();
  const priced = run.guarantees.some(({ costPerThousandChanges }) => costPerThousandChanges !== undefined);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, which needs the keyboard.
    <section className={classes.scroll} aria-label="Guarantees" tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Guarantee</th>
            <th scope="col">Verdict</th>
            <th scope="col" className={classes.number}>
              Of reads or changes
            </th>
            <th scope="col" className={classes.number}>
              Of runs
            </th>
            {priced ? (
              <th scope="col" className={classes.number}>
                Cost of 1,000 changes
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {run.guarantees.map((outcome) => (
            <tr key={outcome.kind} data-chosen={outcome.kind === played}>
              <th scope="row">{guaranteeNames[outcome.kind]}</th>
              <td className={classes.verdictCell}>
                <Badge badge={outcome.isBroken ? brokenBadge(outcome) : keptBadge} />
                {outcome.isBroken ? (
                  <button
                    type="button"
                    className={classes.link}
                    aria-pressed={outcome.kind === played}
                    aria-label={`Show how it breaks: ${guaranteeNames[outcome.kind]}`}
                    onClick={() => change({ broken: outcome.kind, step: undefined })}
                  >
                    show
                  </button>
                ) : null}
              </td>
              <td className={classes.number}>{shareText(outcome.operations, outcome.isBroken)}</td>
              <td className={classes.number}>{shareText(outcome.runs, outcome.isBroken)}</td>
              {priced ? (
                <td className={classes.number}>
                  {outcome.costPerThousandChanges === undefined
                    ? ""
                    : wholeMoney(outcome.costPerThousandChanges, assessment.cost.currency)}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const keptBadge = {
  symbol: "check",
  text: "not seen broken",
  tone: "good",
  title: "It broke in no run; the runs are a sample, which proves nothing",
} as const;

function brokenBadge({ count }: GuaranteeOutcome) {
  const times = count.toLocaleString("en-US");
  return { symbol: "cross", text: `broken ${times} ×`, tone: "bad", title: `Broken ${times} times` } as const;
}

/** A share with its 95 % interval. */
function shareText(proportion: GuaranteeOutcome["operations"], isBroken: boolean): string {
  if (proportion === undefined) return "";
  const percent = (share: number) => `${Number((share * 100).toPrecision(2))} %`;
  const { share, lower, upper } = proportion;
  return isBroken ? `${percent(share)} (${percent(lower)} to ${percent(upper)})` : `below ${percent(upper)}`;
}
