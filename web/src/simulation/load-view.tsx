import { lazy, Suspense, useEffect, useState } from "react";
import type { LoadSimulation } from "../../../src/operations/simulation/simulate-load-report.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import { unitWords } from "./chart-panels.ts";
import { LoadControls } from "./load-controls.tsx";
import { loadProfileSample } from "./load-profile-sample.ts";
import type { LoadAnswer, LoadChoice, LoadChoices } from "./load-request.ts";
import { LoadTotals } from "./load-totals.tsx";
import classes from "./load-view.module.css";
import { chosenEntryPoint, useLoad, useLoadChoices } from "./use-load.ts";

/** The drawing library is large, and comes when there is something to draw. */
const LoadCharts = lazy(async () => {
  const { LoadCharts: charts } = await import("./load-charts.tsx");
  return { default: charts };
});

/** Demand over time through one entry point: strategies of scaling side by side. */
export function LoadView() {
  const { texts } = useWorkbench();
  const choices = useLoadChoices(texts);
  if (choices.kind === "loading") return <Waiting words="Looking for entry points" />;
  if (choices.kind === "failed") return <Failed words={choices.problem.sentence} hint={choices.problem.hint} />;
  return <ChosenLoad choices={choices.report} />;
}

function ChosenLoad({ choices }: { readonly choices: LoadChoices }) {
  const { texts, view } = useWorkbench();
  const choice = chosenEntryPoint(choices, view);
  const isSimulated = choice?.profile !== undefined;
  const state = useLoad(texts, view, isSimulated ? choice : undefined);
  // What was there stays in sight until the next answer is here.
  const [last, setLast] = useState<LoadAnswer>();
  useEffect(() => {
    if (state.kind === "ready") setLast(state.report);
  }, [state]);
  if (choice === undefined) return <NoEntryPoint />;
  const answer = state.kind === "ready" ? state.report : last;
  const report = answer === undefined || "problem" in answer ? undefined : answer;
  return (
    <>
      <LoadControls choices={choices.choices} choice={choice} report={isSimulated ? report : undefined} />
      {choice.profile === undefined ? (
        <NoProfile choice={choice} />
      ) : state.kind === "failed" ? (
        <Failed words={state.problem.sentence} hint={state.problem.hint} />
      ) : answer === undefined ? (
        <Waiting words="Playing the demand through the cluster" />
      ) : "problem" in answer ? (
        <Failed words={`${answer.problem}.`} hint={answer.hint} />
      ) : (
        <div aria-busy={state.kind === "loading"} className={classes.answer}>
          <LoadReport report={answer} />
        </div>
      )}
    </>
  );
}

function LoadReport({ report }: { readonly report: LoadSimulation }) {
  const { verdict } = report;
  return (
    <>
      <p className={classes.headline}>{verdict.at(-1)}</p>
      <LoadTotals report={report} />
      <Suspense fallback={<Waiting words="Drawing" />}>
        <LoadCharts report={report} />
      </Suspense>
      <section className={classes.verdict} aria-label="Verdict">
        <h3 className={classes.subtitle}>Side by side</h3>
        <ul className={classes.sentences}>
          {(verdict.length > 1 ? verdict.slice(0, -1) : verdict).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <h3 className={classes.subtitle}>What was played</h3>
        <p className={classes.played}>{playedWords(report)}</p>
      </section>
      <Grounds report={report} />
    </>
  );
}

function playedWords({ demand, target }: LoadSimulation): string {
  const peak = Math.round(demand.peak).toLocaleString("en-US");
  const [day = "", time = ""] = demand.peakAt.split("T");
  return `${demand.days} days of ${demand.source} from ${demand.start.slice(0, 10)}, to ${target.workload} on ${target.cluster}. The highest demand is ${peak} ${unitWords(target.unit)}, on ${day} at ${time.slice(0, 5)} UTC; one replica serves ${target.perReplica}.`;
}

/** What the numbers stand on, and what of the input was wrong. */
function Grounds({ report: { assumptions, diagnostics, seed } }: { readonly report: LoadSimulation }) {
  return (
    <section className={classes.grounds} aria-label="What it stands on">
      {diagnostics.length === 0 ? null : (
        <ul className={classes.problems}>
          {diagnostics.map(({ code, message, hint }) => (
            <li key={`${code} ${message}`}>
              <code>{code}</code> {message} {hint === undefined ? null : <span className={classes.soft}>{hint}</span>}
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary>
          {assumptions.length} assumptions, and chance with seed {seed}
        </summary>
        <dl className={classes.assumptions}>
          {assumptions.map(({ id, subject, text, value, replaceBy }) => (
            <div key={`${id} ${subject}`}>
              <dt>
                <code>{id}</code> {value}
              </dt>
              <dd>
                {text} <span className={classes.soft}>Say it in: {replaceBy}.</span>
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

function NoEntryPoint() {
  return (
    <div className={classes.missing}>
      <h3>No way in</h3>
      <p>
        Demand comes through an entry point: an Ingress, a route, a LoadBalancer, or{" "}
        <code>Application.spec.entryPoints</code>. None of this estate leads to a workload whose pods are known.
      </p>
    </div>
  );
}

function NoProfile({ choice }: { readonly choice: LoadChoice }) {
  const sample = loadProfileSample(choice);
  return (
    <div className={classes.missing}>
      <h3>Nothing says how much demand {choice.entryPoint} has</h3>
      <p>
        Declare a LoadProfile, and what one replica of <code>{choice.workload}</code> serves; then read the files again.
        Measured demand can be played on the command line: <code>scantling simulate load --series requests.csv</code>.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, which needs the keyboard. */}
      <section className={classes.sample} aria-label="What to declare" tabIndex={0}>
        <pre>{sample}</pre>
      </section>
    </div>
  );
}

function Waiting({ words }: { readonly words: string }) {
  return (
    <p className={classes.waiting} role="status">
      {words}
    </p>
  );
}

function Failed({ words, hint }: { readonly words: string; readonly hint: string | undefined }) {
  return (
    <div className={classes.missing} role="alert">
      <p>{words}</p>
      {hint === undefined ? null : <p className={classes.soft}>{hint}</p>}
    </div>
  );
}
