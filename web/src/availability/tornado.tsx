import type { JourneyAvailability } from "../../../src/availability/availability-report.ts";
import { likelyValue } from "../../../src/estate/figures/figure.ts";
import { formatMinutes } from "../../../src/estate/figures/format-figure.ts";
import { sensitivityOf } from "../../../src/operations/availability/journey-in-depth.ts";
import classes from "./availability-view.module.css";

const mostBars = 10;

/** How the downtime moves when one event never happens or happens three times as often: the longest bar first. */
export function Tornado({ journey }: { readonly journey: JourneyAvailability }) {
  const now = likelyValue(journey.atLeast ?? journey.downtimeMinutesPerMonth);
  if (now === undefined) return null;
  const bars = sensitivityOf(journey, now)
    .toSorted((left, right) => right.threefold - right.never - (left.threefold - left.never))
    .slice(0, mostBars);
  if (bars.length === 0) return null;
  const lowest = Math.min(...bars.map(({ never }) => never));
  const span = Math.max(...bars.map(({ threefold }) => threefold)) - lowest;
  const at = (minutes: number) => (span <= 0 ? 0 : (100 * (minutes - lowest)) / span);
  return (
    <section aria-label="What it hangs on">
      <h3 className={classes.subtitle}>What it hangs on</h3>
      <p className={classes.words}>
        Downtime a month if one cause never happened, and if it were three times as likely. The line is now:{" "}
        {formatMinutes(now)}.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls, which needs the keyboard. */}
      <section className={classes.scroll} aria-label="Causes and their weight" tabIndex={0}>
        <table className={classes.tornado}>
          <thead>
            <tr>
              <th scope="col">Cause</th>
              <th scope="col">Never</th>
              <th scope="col" className={classes.barHead}>
                <span className={classes.hidden}>Range</span>
              </th>
              <th scope="col">Three times</th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ event, label, never, threefold }) => (
              <tr key={event}>
                <th scope="row">{label}</th>
                <td>{formatMinutes(never)}</td>
                <td>
                  <span className={classes.bars} aria-hidden="true">
                    <span
                      className={classes.less}
                      style={{ left: `${at(never)}%`, width: `${at(now) - at(never)}%` }}
                    />
                    <span
                      className={classes.more}
                      style={{ left: `${at(now)}%`, width: `${at(threefold) - at(now)}%` }}
                    />
                    <span className={classes.now} style={{ left: `${at(now)}%` }} />
                  </span>
                </td>
                <td>{formatMinutes(threefold)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
