import type { JourneyAvailability } from "../../../src/availability/availability-report.ts";
import type { SimulatedJourney } from "../../../src/availability/simulation/simulation-report.ts";
import { formatMinutes } from "../../../src/estate/figures/format-figure.ts";
import type { AvailabilitySimulationReport } from "../../../src/operations/simulation/simulate-availability.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./availability-view.module.css";
import { useLongWork } from "./use-availability.ts";
import { WorkPanel } from "./work-panel.tsx";

/** Single years instead of the mean: how good the good ones are, and how bad the bad. */
export function YearsPart({ journey }: { readonly journey: JourneyAvailability }) {
  const { texts } = useWorkbench();
  const work = useLongWork(texts, "years", journey.environment);
  return (
    <WorkPanel
      title={`Good and bad years of ${journey.environment}`}
      intro="The mean hides that one year has no outage and the next a lost region. Failures with their repairs are played for up to 1,000 years, and lost nodes and zones replayed on the scheduler; it stops when every journey is known to 5 %."
      action="Simulate years"
      work={work}
      ready={texts !== undefined}
    >
      {(report) => <Years report={report} journey={journey} />}
    </WorkPanel>
  );
}

interface YearsProps {
  readonly report: AvailabilitySimulationReport;
  readonly journey: JourneyAvailability;
}

function Years({ report, journey }: YearsProps) {
  const simulated = report.journeys.find((each) => each.journey === journey.journey);
  if (simulated === undefined) {
    return (
      <div className={classes.work}>
        <h3>Not simulated</h3>
        <p>{report.diagnostics[0]?.message ?? "Nothing of the journey can fail."}</p>
      </div>
    );
  }
  const { yearly, downtimeMinutesPerYear: mean, outages, causes, differences, odds } = simulated;
  return (
    <div className={classes.tables}>
      <h3 className={classes.subtitle}>Downtime of one year</h3>
      <p className={classes.words}>
        {report.years.toLocaleString("en-US")} years with seed {report.seed}. On average {formatMinutes(mean.mean)} a
        year; the mean lies between {formatMinutes(mean.lower)} and {formatMinutes(mean.upper)} with 95 % confidence
        {yearly.withoutAny > 0 ? `; ${percent(yearly.withoutAny)} of the years have none` : ""}.
        {odds === undefined
          ? ""
          : ` Of the years, ${percent(odds.broken.mean)} break the objective ${odds.objective} (${formatMinutes(odds.allowedMinutesPerYear)} a year).`}
      </p>
      <YearBars yearly={yearly} />
      <p className={classes.words}>
        {outages.perYear.toFixed(1)} outages a year: half of them shorter than {formatMinutes(outages.p50Minutes)}, one
        in twenty longer than {formatMinutes(outages.p95Minutes)}, the longest {formatMinutes(outages.longestMinutes)}.
      </p>
      <h3 className={classes.subtitle}>What began the outages</h3>
      <ol className={classes.notes}>
        {causes.map(({ event, label, minutesPerYear, share }) => (
          <li key={event}>
            {label}: {formatMinutes(minutesPerYear)} a year, {percent(share)}
          </li>
        ))}
      </ol>
      {differences.length === 0 ? null : (
        <>
          <h3 className={classes.subtitle}>Why it is not what the fault tree says</h3>
          <ul className={classes.notes}>
            {differences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

const quantiles = [
  ["half of the years are better", "p50"],
  ["9 of 10", "p90"],
  ["19 of 20", "p95"],
  ["99 of 100", "p99"],
  ["the worst of all", "worst"],
] as const;

function YearBars({ yearly }: { readonly yearly: SimulatedJourney["yearly"] }) {
  const most = Math.max(yearly.worst, Number.MIN_VALUE);
  return (
    <table className={classes.years}>
      <caption className={classes.hidden}>Downtime of a year, by the share of years that are better</caption>
      <tbody>
        {quantiles.map(([label, key]) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            <td>
              <span
                className={classes.yearBar}
                style={{ width: `${(100 * yearly[key]) / most}%` }}
                aria-hidden="true"
              />
            </td>
            <td>{formatMinutes(yearly[key])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))}%`;
}
