import type { JourneyAvailability } from "../../../src/availability/availability-report.ts";
import type { ClusterHealing } from "../../../src/availability/heal/healing-report.ts";
import type { PlannedDrains } from "../../../src/availability/planned/planned-report.ts";
import type { ScopeRecovery } from "../../../src/availability/recovery/recovery-report.ts";
import { type Figure, likelyValue } from "../../../src/estate/figures/figure.ts";
import { formatAvailability, formatMinutes } from "../../../src/estate/figures/format-figure.ts";
import { UnfoldingNumber } from "../figures/unfolding-number.tsx";
import { PlaceLink } from "../places/place-link.tsx";
import { Badge } from "../symbols/badge.tsx";
import type { Column } from "../tables/column.ts";
import { DataTable } from "../tables/data-table.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./availability-view.module.css";

/** How long it is out of service after one failure, what upgrades add, and whether the clusters mend themselves. */
export function RecoveryPart({ journey }: { readonly journey: JourneyAvailability }) {
  const { assessment } = useWorkbench();
  const { recovery = [], planned } = journey;
  const clusters = assessment.availability.clusters ?? [];
  const own = new Set(journey.workloads.map((id) => id.split("/")[1]));
  return (
    <div className={classes.tables}>
      <h3 className={classes.subtitle}>After one failure</h3>
      <p className={classes.words}>
        Time out of service and writes lost, the worst over single failures, beside what the application asks for.
      </p>
      <DataTable
        caption="Recovery after one failure"
        rows={recovery}
        columns={recoveryColumns}
        rowKey={({ scope }) => scope}
        empty="How long it takes to recover is not evaluable."
      />
      <h3 className={classes.subtitle}>Upgrades of node pools</h3>
      {planned === undefined ? (
        <p className={classes.words}>Not evaluable, as only bounds of the journey are known.</p>
      ) : (
        <>
          <Blocked blocked={planned.blocked} />
          <DataTable
            caption="Upgrades of node pools"
            rows={planned.drains}
            columns={drainColumns}
            rowKey={({ pool }) => pool}
            empty="No drain touches the journey."
          />
        </>
      )}
      <h3 className={classes.subtitle}>Can its clusters mend themselves?</h3>
      <p className={classes.words}>
        Time in which a cluster cannot reschedule, scale or deploy. What runs goes on; what is lost stays lost.
      </p>
      <DataTable
        caption="Whether its clusters mend themselves"
        rows={clusters.filter(({ cluster }) => own.has(cluster))}
        columns={healColumns}
        rowKey={({ cluster }) => cluster}
        empty="Nothing is known of its clusters."
      />
    </div>
  );
}

function Blocked({ blocked }: { readonly blocked: NonNullable<JourneyAvailability["planned"]>["blocked"] }) {
  if (blocked.length === 0) return <p className={classes.words}>No disruption budget blocks a drain.</p>;
  return (
    <ul className={classes.warnings} aria-label="Blocked drains">
      {blocked.map(({ pool, workload, budget, words, place }) => (
        <li key={`${pool} ${workload} ${budget}`}>
          <Badge badge={{ symbol: "alert", text: "blocked", tone: "warn", title: "A drain of this pool never ends" }} />
          <span>
            {words} {place === undefined ? null : <PlaceLink place={place} />}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Half a second a year is nothing that anybody could measure. */
const someMinutes = (minutes: number) => (minutes < 1 / 120 ? "hardly any" : formatMinutes(minutes));
const time = (seconds: number) => (seconds === 0 ? "none" : formatMinutes(seconds / 60));

const recoveryColumns: readonly Column<ScopeRecovery>[] = [
  { key: "scope", title: "What fails", cell: ({ scope }) => scope },
  {
    key: "rto",
    title: "Out of service",
    numeric: true,
    cell: (row) => <Against figure={row.rtoSeconds} wanted={row.rtoObjectiveSeconds} met={row.rtoMet} />,
  },
  {
    key: "rpo",
    title: "Writes lost",
    numeric: true,
    cell: (row) => <Against figure={row.rpoSeconds} wanted={row.rpoObjectiveSeconds} met={row.rpoMet} />,
  },
  {
    key: "by",
    title: "Set by",
    wideOnly: true,
    grow: true,
    cell: ({ rtoSetBy, rpoSetBy }) => (
      <span className={classes.setBy}>{[...new Set([rtoSetBy, rpoSetBy].filter(Boolean))].join("; ")}</span>
    ),
  },
];

interface AgainstProps {
  readonly figure: Figure;
  readonly wanted: number | undefined;
  readonly met: boolean | "notEvaluable" | undefined;
}

function Against({ figure, wanted, met }: AgainstProps) {
  const asked = wanted === undefined ? undefined : time(wanted);
  return (
    <span className={classes.against}>
      <UnfoldingNumber figure={figure} format={time} />
      {asked === undefined || met === undefined ? null : met === true ? (
        <Badge badge={{ symbol: "check", text: `within ${asked}`, tone: "good", title: `Asked for: ${asked}` }} />
      ) : met === false ? (
        <Badge badge={{ symbol: "cross", text: `over ${asked}`, tone: "bad", title: `Asked for: ${asked}` }} />
      ) : (
        <Badge badge={{ symbol: "question", text: `of ${asked}`, tone: "plain", title: "Not evaluable" }} />
      )}
    </span>
  );
}

const drainColumns: readonly Column<PlannedDrains>[] = [
  { key: "pool", title: "Pool", cell: ({ pool }) => pool, sortBy: ({ pool }) => pool, grow: true },
  {
    key: "upgrades",
    title: "Upgrades a year",
    numeric: true,
    cell: ({ upgradesPerYear }) => <UnfoldingNumber figure={upgradesPerYear} format={String} />,
    sortBy: ({ upgradesPerYear }) => likelyValue(upgradesPerYear),
  },
  {
    key: "meanwhile",
    title: "Down meanwhile",
    numeric: true,
    wideOnly: true,
    cell: ({ unavailabilityMeanwhile: share }) => `${(100 * share).toPrecision(2)}%`,
    sortBy: ({ unavailabilityMeanwhile }) => unavailabilityMeanwhile,
  },
  {
    key: "adds",
    title: "Adds a year",
    numeric: true,
    cell: ({ addedMinutesPerYear }) => <UnfoldingNumber figure={addedMinutesPerYear} format={someMinutes} />,
    sortBy: ({ addedMinutesPerYear }) => likelyValue(addedMinutesPerYear),
  },
];

const healColumns: readonly Column<ClusterHealing>[] = [
  { key: "cluster", title: "Cluster", cell: ({ cluster }) => cluster },
  {
    key: "able",
    title: "Able",
    numeric: true,
    cell: ({ unavailability }) => <UnfoldingNumber figure={unavailability} format={formatAvailability} />,
  },
  {
    key: "unable",
    title: "Unable a month",
    numeric: true,
    cell: ({ downtimeMinutesPerMonth }) => <UnfoldingNumber figure={downtimeMinutesPerMonth} format={formatMinutes} />,
  },
  {
    key: "alone",
    title: "Stopped alone by",
    numeric: true,
    wideOnly: true,
    cell: ({ singlePointsOfFailure: alone }) => (
      <span title={alone.map(({ words }) => words).join("\n")}>{alone.length} things</span>
    ),
  },
  {
    key: "room",
    title: "After a lost node",
    wideOnly: true,
    grow: true,
    cell: ({ shortages }) =>
      shortages.length === 0 ? (
        "there is room"
      ) : (
        <span className={classes.setBy} title={shortages.map(({ words }) => words).join("\n")}>
          no room for {shortages.map(({ pool, resource }) => `${resource} in ${pool.split("/").at(-1)}`).join(", ")}
        </span>
      ),
  },
];
