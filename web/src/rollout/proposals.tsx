import type { ProposedPolicy } from "../../../src/delivery/advice/propose-policies.ts";
import { formatMinutes } from "../../../src/estate/figures/format-figure.ts";
import type { RolloutRun } from "../../../src/operations/delivery/rollout-report.ts";
import type { Column } from "../tables/column.ts";
import { DataTable } from "../tables/data-table.tsx";
import classes from "./rollout-view.module.css";
import { chance, settingsInWords } from "./rollout-words.ts";

const most = 5;

/** Policies that keep the bounds at this traffic: none of them is beaten in both duration and exposure. */
export function Proposals({ run: { proposals, requestsPerSecond } }: { readonly run: RolloutRun }) {
  if (proposals === undefined) return null;
  const { evaluated, feasible, front, nearest } = proposals;
  const at = `${requestsPerSecond.toLocaleString("en-US")} requests/s`;
  const rows = front.length > 0 ? ends(front) : nearest === undefined ? [] : [nearest];
  return (
    <section aria-label="A better policy" className={classes.tables}>
      <h3 className={classes.subtitle}>A better policy</h3>
      <p className={classes.words}>
        {evaluated === 0
          ? "A Deployment judges nothing: put a Flagger Canary or an Argo Rollout before it, and choose a sample above to see what that brings."
          : feasible === 0
            ? `None of ${evaluated} policies that were tried keeps the bounds at ${at}: 95 % caught and 1 % falsely rolled back. This one comes nearest.`
            : `${feasible} of ${evaluated} policies that were tried keep the bounds at ${at}: 95 % caught and 1 % falsely rolled back. These are the best of them, the quickest first.`}
      </p>
      {rows.length === 0 ? null : (
        <DataTable caption="Proposed policies" rows={rows} columns={columns} rowKey={settingsInWords} empty="None." />
      )}
    </section>
  );
}

/** The ends of a long front, and some between. */
function ends(front: readonly ProposedPolicy[]): readonly ProposedPolicy[] {
  if (front.length <= most) return front;
  return front.filter((_, index) =>
    Array.from({ length: most }, (__, step) => Math.round((step * (front.length - 1)) / (most - 1))).includes(index),
  );
}

const columns: readonly Column<ProposedPolicy>[] = [
  {
    key: "settings",
    title: "Settings",
    cell: (row) => <span className={classes.settings}>{settingsInWords(row)}</span>,
    grow: true,
  },
  {
    key: "caught",
    title: "Caught",
    numeric: true,
    cell: ({ caught }) => chance(caught),
    sortBy: ({ caught }) => caught,
  },
  {
    key: "false",
    title: "False",
    numeric: true,
    cell: ({ falseRollback }) => chance(falseRollback),
    sortBy: ({ falseRollback }) => falseRollback,
  },
  {
    key: "exposed",
    title: "Exposed",
    numeric: true,
    wideOnly: true,
    cell: ({ exposedRequests }) => Math.round(exposedRequests).toLocaleString("en-US"),
    sortBy: ({ exposedRequests }) => exposedRequests,
  },
  {
    key: "minutes",
    title: "Takes",
    numeric: true,
    wideOnly: true,
    cell: ({ minutesUntilPromoted }) => formatMinutes(minutesUntilPromoted),
    sortBy: ({ minutesUntilPromoted }) => minutesUntilPromoted,
  },
];
