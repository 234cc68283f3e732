import { formatMinutes } from "../../../src/estate/figures/format-figure.ts";
import type { RolloutFlagReport, RolloutRun } from "../../../src/operations/delivery/rollout-report.ts";
import { PlaceLink } from "../places/place-link.tsx";
import classes from "./rollout-view.module.css";
import { sharePercent } from "./rollout-words.ts";

interface ExperimentsProps {
  readonly run: RolloutRun;
  readonly flags: readonly RolloutFlagReport[];
  readonly errorRate: number;
}

/** What it takes to tell the two versions apart by an A/B test or behind a feature flag. */
export function Experiments({ run, flags, errorRate }: ExperimentsProps) {
  const { experiment, healthyErrorRate, choice } = run;
  return (
    <section aria-label="A/B test and feature flag">
      <h3 className={classes.subtitle}>A/B test and feature flag</h3>
      {experiment === undefined ? (
        <p className={classes.words}>The two versions do not differ in their errors: no test can tell them apart.</p>
      ) : (
        <p className={classes.words}>
          To tell {sharePercent(errorRate)} errors from {sharePercent(healthyErrorRate)} with 80 % power and 5 % false
          alarms, each arm needs {experiment.requestsPerArm.toLocaleString("en-US")} requests:{" "}
          {formatMinutes(experiment.minutesAtEvenSplit)} at an even split. A sequential test needs{" "}
          {Math.round(experiment.sequentialRequestsWhenBad).toLocaleString("en-US")} when the version is bad. Who looks
          ten times and stops at the first alarm has {sharePercent(experiment.falseAlarmWhenPeeking)} false ones.
        </p>
      )}
      <p className={classes.words}>
        A {choice.mechanism === "canary" ? "canary" : "flag"} keeps from most users: {choice.covers.join("; ")}. It does
        not cover: {choice.doesNotCover.join("; ")}.
      </p>
      {flags.length === 0 ? null : (
        <ul className={classes.notes} aria-label="Feature flags">
          {flags.map(({ id, place, share, enabled, runs: [first] }) => (
            <li key={id}>
              Flag {id} {enabled ? `shows it to ${sharePercent(share)} of the users` : "is off"}
              {first === undefined
                ? ""
                : `: ${Number(first.failedRequestsPerMinute.toPrecision(2)).toLocaleString("en-US")} failed requests a minute, and ${
                    first.minutesToTell === undefined
                      ? "no time to tell"
                      : `${formatMinutes(first.minutesToTell)} to tell`
                  }`}
              . <PlaceLink place={place} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
