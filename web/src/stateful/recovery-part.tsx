import { likelyValue } from "../../../src/estate/figures/figure.ts";
import type { ReportedTimeline, StoreTimelines } from "../../../src/operations/stateful/recovery-timelines-report.ts";
import { durationText } from "../../../src/stateful/advice/rule-verdict.ts";
import { UnfoldingNumber } from "../figures/unfolding-number.tsx";
import { PlaceLink } from "../places/place-link.tsx";
import { Badge } from "../symbols/badge.tsx";
import { axisOf } from "./recovery-axis.ts";
import classes from "./stateful-view.module.css";
import { scopeNames, standingBadges } from "./store-words.ts";

/** Every failure of a store, from the loss until it serves again, drawn to scale. */
export function RecoveryPart({ store }: { readonly store: StoreTimelines | undefined }) {
  if (store === undefined || store.timelines.length === 0) {
    return <p className={classes.words}>Nothing of it can be timed: neither a service nor a workload holds it.</p>;
  }
  return (
    <>
      <p className={classes.words}>
        Each bar has a scale of its own: the steps as they take as a rule, a line to the worst of twenty times, and a
        mark where it is to be back.
      </p>
      <ol className={classes.timelines} aria-label="Recovery by failure">
        {store.timelines.map((timeline) => (
          <Timeline key={timeline.rtoSeconds.id} timeline={timeline} />
        ))}
      </ol>
      {store.writerRisks.length === 0 ? null : (
        <section aria-label="Two writers">
          <h3 className={classes.subtitle}>At least one is not exactly one</h3>
          <ul className={classes.facts}>
            {store.writerRisks.map(({ risk, text, fix, place }) => (
              <li key={risk}>
                {text}. Mend it by {fix}. <PlaceLink place={place} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Timeline({ timeline }: { readonly timeline: ReportedTimeline }) {
  const { scope, summary, steps, lever, rtoSeconds, rpoSeconds, rtoMet, rpoMet, availabilityCounts } = timeline;
  const { rtoObjectiveSeconds: rto, rpoObjectiveSeconds: rpo } = timeline;
  const isStopped = rtoSeconds.id.includes("/stopped/");
  return (
    <li className={classes.timeline}>
      <h3>
        {scopeNames[scope]}
        {isStopped ? ", its machine off" : ""}
      </h3>
      <div className={classes.row}>
        <dl className={classes.pair}>
          <dt>Back after</dt>
          <dd>
            {timeline.outcome === "unaffected" ? "at once" : <Duration figure={rtoSeconds} />}
            {rto === undefined ? null : <span className={classes.asked}> of {durationText(rto)}</span>}{" "}
            {rtoMet === undefined ? null : <Badge badge={standingBadges[rtoMet]} />}
          </dd>
          <dt>Writes lost</dt>
          <dd>
            <Duration figure={rpoSeconds} />
            {rpo === undefined ? null : <span className={classes.asked}> of {durationText(rpo)}</span>}{" "}
            {rpoMet === undefined ? null : <Badge badge={standingBadges[rpoMet]} />}
          </dd>
        </dl>
        <div className={classes.drawing}>
          {steps.length === 0 ? null : <Bar timeline={timeline} />}
          <p className={classes.summary}>
            {summary}
            {lever === undefined ? "" : `; shorten it with ${lever}`}
            {availabilityCounts === undefined
              ? ""
              : `. Availability counts ${durationText(availabilityCounts.seconds)}: ${availabilityCounts.because}`}
            .
          </p>
        </div>
      </div>
    </li>
  );
}

function Duration({ figure }: { readonly figure: ReportedTimeline["rtoSeconds"] }) {
  const { result } = figure;
  if (result.kind === "notEvaluable") {
    const [missing = ""] = result.missing;
    return <span title={missing}>{missing.startsWith("an end:") ? "never" : "unknown"}</span>;
  }
  return <UnfoldingNumber figure={figure} format={durationText} />;
}

/** Steps side by side, as wide as they last as a rule. */
function Bar({ timeline }: { readonly timeline: ReportedTimeline }) {
  const { steps, rtoSeconds, rtoObjectiveSeconds } = timeline;
  const axis = axisOf(timeline);
  const percent = (seconds: number) => `${((100 * seconds) / axis.end).toFixed(3)}%`;
  const likely = likelyValue(rtoSeconds) ?? 0;
  return (
    <figure
      className={classes.figure}
      aria-label={`${scopeNames[timeline.scope]}, to scale up to ${durationText(axis.end)}`}
    >
      <div className={classes.track} aria-hidden="true">
        {axis.steps.map(({ label, start, seconds }, index) => (
          <span
            key={label}
            className={classes.step}
            data-tone={index % 4}
            title={`${label}: ${durationText(seconds)}`}
            style={{ left: percent(start), width: percent(seconds) }}
          />
        ))}
        <span
          className={classes.whisker}
          style={{ left: percent(likely), width: percent(Math.max(0, axis.worst - likely)) }}
        />
        {rtoObjectiveSeconds === undefined ? null : (
          <span className={classes.mark} data-met={timeline.rtoMet} style={{ left: percent(rtoObjectiveSeconds) }} />
        )}
      </div>
      <div className={classes.ticks} aria-hidden="true">
        {axis.ticks.map((tick) => (
          <span key={tick} style={{ left: percent(tick) }}>
            {durationText(tick)}
          </span>
        ))}
      </div>
      <ol className={classes.steps}>
        {steps.map(({ label, seconds }, index) => (
          <li key={label}>
            <span className={classes.swatch} data-tone={index % 4} aria-hidden="true" />
            {label} <strong>{durationText(seconds.likely)}</strong>
            {seconds.high > seconds.likely ? ` (${durationText(seconds.low)} to ${durationText(seconds.high)})` : ""}
          </li>
        ))}
      </ol>
    </figure>
  );
}
