import { formatMinutes } from "../../../src/estate/figures/format-figure.ts";
import type { RolloutStage } from "./rollout-stages.ts";
import classes from "./rollout-view.module.css";

/** Stages side by side, as wide as they last and as high as the share of users that they expose. */
export function StageTimeline({ stages }: { readonly stages: readonly RolloutStage[] }) {
  const all = stages.reduce((sum, { seconds }) => sum + seconds, 0);
  if (stages.length === 0 || all === 0) {
    return <p className={classes.words}>All users meet the new version at once: there is no stage that lasts.</p>;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: many stages scroll, which needs the keyboard.
    <section className={classes.stages} aria-label={`Stages, ${formatMinutes(all / 60)} in all`} tabIndex={0}>
      <ol className={classes.timeline}>
        {stages.map(({ weight, seconds, judged }, index) => (
          <li
            key={index}
            style={{ flexGrow: seconds / all }}
            title={`${Math.round(weight)}% of the users for ${formatMinutes(seconds / 60)}; judged by ${judged}`}
          >
            <span className={classes.column} aria-hidden="true">
              <span style={{ height: `${Math.max(4, Math.min(100, weight))}%` }} />
            </span>
            <span className={classes.stageText}>
              <strong>{Math.round(weight)}%</strong> {formatMinutes(seconds / 60)}
              <span className={classes.hidden}>, judged by {judged}</span>
            </span>
          </li>
        ))}
        <li className={classes.promoted} title="Promoted: all users">
          <span className={classes.column} aria-hidden="true">
            <span style={{ height: "100%" }} />
          </span>
          <span className={classes.stageText}>
            <strong>100%</strong> promoted
          </span>
        </li>
      </ol>
    </section>
  );
}
