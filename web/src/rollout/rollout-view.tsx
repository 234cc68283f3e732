import { useEffect, useState } from "react";
import { formatMinutes } from "../../../src/estate/figures/format-figure.ts";
import type { RolloutPolicyReport, RolloutRun } from "../../../src/operations/delivery/rollout-report.ts";
import { ChartFigure } from "../charts/chart-figure.tsx";
import { UnfoldingNumber } from "../figures/unfolding-number.tsx";
import type { Badge as BadgeContent } from "../lenses/look.ts";
import { PlaceLink } from "../places/place-link.tsx";
import { Badge } from "../symbols/badge.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import { Experiments } from "./experiments.tsx";
import { Proposals } from "./proposals.tsx";
import { rolloutCharts } from "./rollout-charts.ts";
import { RolloutControls } from "./rollout-controls.tsx";
import { chosenPolicy } from "./rollout-inputs.ts";
import type { RolloutAnswer, RolloutChoices } from "./rollout-request.ts";
import classes from "./rollout-view.module.css";
import { chance, gateFacts, verdictSentence } from "./rollout-words.ts";
import { StageTimeline } from "./stage-timeline.tsx";
import { useRollout, useRolloutChoices } from "./use-rollout.ts";

/** What a rollout policy catches, exposes and falsely rolls back at some traffic. */
export function RolloutView() {
  const { texts } = useWorkbench();
  const choices = useRolloutChoices(texts);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the view scrolls, which needs the keyboard.
    <section className={classes.view} aria-label="Rollouts" tabIndex={0}>
      {choices.kind === "loading" ? (
        <p className={classes.words} role="status">
          Looking for rollout policies
        </p>
      ) : choices.kind === "failed" ? (
        <Failed words={choices.problem.sentence} hint={choices.problem.hint} />
      ) : (
        <Chosen choices={choices.report} />
      )}
    </section>
  );
}

function Chosen({ choices }: { readonly choices: RolloutChoices }) {
  const { texts, view } = useWorkbench();
  const state = useRollout(texts, view, choices);
  const chosen = chosenPolicy(choices, view);
  // What was there stays in sight until the next answer is here.
  const [last, setLast] = useState<RolloutAnswer>();
  useEffect(() => {
    if (state.kind === "ready") setLast(state.report);
  }, [state]);
  const answer = state.kind === "ready" ? state.report : last;
  if (chosen === undefined) return null;
  return (
    <>
      <RolloutControls choices={choices.choices} chosen={chosen} />
      {choices.problems.length === 0 ? null : (
        <ul className={classes.notes} aria-label="Policies that cannot be read">
          {choices.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {state.kind === "failed" ? (
        <Failed words={state.problem.sentence} hint={state.problem.hint} />
      ) : answer === undefined ? (
        <p className={classes.words} role="status">
          Following the policy through its states
        </p>
      ) : (
        <div aria-busy={state.kind === "loading"} className={classes.answer}>
          <Answer answer={answer} />
        </div>
      )}
    </>
  );
}

function Answer({ answer: { report, stages } }: { readonly answer: RolloutAnswer }) {
  const [policy] = report.policies;
  const run = policy?.runs[0];
  if (policy === undefined || run === undefined) {
    const [first] = report.diagnostics;
    return <Failed words={first?.message ?? "The policy is not evaluable."} hint={first?.hint} />;
  }
  return (
    <>
      <Verdict run={run} errorRate={report.errorRate} />
      <h3 className={classes.subtitle}>A healthy rollout</h3>
      <StageTimeline stages={stages} />
      <Rules policy={policy} />
      <div className={classes.charts}>
        {[
          ...rolloutCharts(policy.trafficCurve, "traffic", run.requestsPerSecond),
          ...rolloutCharts(run.curve, "errorRate", report.errorRate),
        ].map(({ key, ...chart }) => (
          <ChartFigure key={key} {...chart} />
        ))}
      </div>
      <Proposals run={run} />
      <Experiments run={run} flags={report.flags} errorRate={report.errorRate} />
      <details className={classes.grounds}>
        <summary>
          {report.assumptions.length} assumptions; {agreement(run)}
        </summary>
        <ul className={classes.notes}>
          {report.assumptions.map(({ id, text, value, subject }) => (
            <li key={`${id} ${subject}`}>
              <code>{id}</code> {text} ({value})
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

const verdictBadges: { readonly [verdict in RolloutRun["gate"]["verdict"]]: BadgeContent } = {
  good: { symbol: "check", text: "good gate", tone: "good", title: "Catches 95 % and rolls 1 % of healthy ones back" },
  weak: { symbol: "alert", text: "weak gate", tone: "warn", title: "Misses too much" },
  noise: { symbol: "cross", text: "noise", tone: "bad", title: "Too few requests to judge by" },
  blind: { symbol: "cross", text: "blind", tone: "bad", title: "Looks at nothing that shows errors" },
};

function Verdict({ run, errorRate }: { readonly run: RolloutRun; readonly errorRate: number }) {
  const whole = (value: number) => Math.round(value).toLocaleString("en-US");
  const looks = [
    ["Caught", chance],
    ["Healthy rolled back", chance],
    ["Requests exposed", whole],
    ["Healthy promoted after", formatMinutes],
    ["Of the error budget", chance],
  ] as const;
  return (
    <section aria-label="Verdict">
      <div className={classes.verdict}>
        <Badge badge={verdictBadges[run.gate.verdict]} />
        <p>{verdictSentence(run, errorRate)}</p>
      </div>
      <dl className={classes.numbers}>
        {run.figures.map((figure, index) => {
          const [label, format] = looks[index] ?? [figure.label, String];
          return (
            <div key={figure.id}>
              <dt>{label}</dt>
              <dd>
                <UnfoldingNumber figure={figure} format={format} />
              </dd>
            </div>
          );
        })}
      </dl>
      <ul className={classes.facts}>
        {gateFacts(run).map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </section>
  );
}

function Rules({ policy }: { readonly policy: RolloutPolicyReport }) {
  return (
    <ul className={classes.notes} aria-label="How it decides">
      {policy.rules.map((rule) => (
        <li key={rule}>{rule}</li>
      ))}
      <li>
        <PlaceLink place={policy.place} />
      </li>
    </ul>
  );
}

/** Exact and simulated beside one another. */
function agreement({ regression, simulation: { runs, seed, caught } }: RolloutRun): string {
  const played = `${runs.toLocaleString("en-US")} simulated rollouts with seed ${seed} catch ${chance(caught.share)}`;
  return regression.method === "exact" ? `exact, and ${played}` : `simulated, as windows overlap: ${played}`;
}

function Failed({ words, hint }: { readonly words: string; readonly hint: string | undefined }) {
  return (
    <div className={classes.missing} role="alert">
      <p>{words}</p>
      {hint === undefined ? null : <p>{hint}</p>}
    </div>
  );
}
