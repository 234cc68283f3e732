import type {
  RecommendedCluster,
  RecommendedPool,
  StructurePlan,
} from "../../../src/operations/planning/plan-report.ts";
import { exactMoney } from "../figures/money.ts";
import { plural } from "../graph/plural.ts";
import { Badge } from "../symbols/badge.tsx";
import type { Column } from "../tables/column.ts";
import { DataTable } from "../tables/data-table.tsx";
import classes from "./plan-view.module.css";
import { zoneBadge } from "./plan-words.ts";

/** Clusters with their pools, and what a lost zone does to them. */
export function StructurePart({ plan }: { readonly plan: StructurePlan }) {
  const { clusters, currency, verification } = plan;
  if (clusters.length === 0) return <p className={classes.words}>There is nothing to plan.</p>;
  return clusters.map((cluster) => (
    <section key={cluster.name} className={classes.part} aria-label={`Cluster ${cluster.name}`}>
      <ClusterHead cluster={cluster} currency={currency} />
      <DataTable
        caption={`Pools of ${cluster.name}`}
        rows={cluster.pools}
        columns={poolColumns(currency)}
        rowKey={({ name }) => name}
        empty="No pools."
      />
      <Headroom verification={verification.find((each) => each.cluster === cluster.name)} />
    </section>
  ));
}

function ClusterHead({ cluster, currency }: { readonly cluster: RecommendedCluster; readonly currency: string }) {
  const monthly = cluster.pools.reduce((sum, pool) => sum + pool.monthly, 0);
  const { environments, region, tier, isNew, because } = cluster;
  return (
    <>
      <h3 className={classes.subtitle}>
        {cluster.name}
        {isNew ? " (new)" : ""}
      </h3>
      <p className={classes.words}>
        {environments.join(", ")} in {region}, tier {tier}; nodes {exactMoney(monthly, currency)} a month.
        {because === "" ? "" : ` Apart because ${because}.`}
      </p>
    </>
  );
}

function poolColumns(currency: string): readonly Column<RecommendedPool>[] {
  return [
    {
      key: "name",
      title: "Pool",
      cell: (row) => <PoolName pool={row} />,
      sortBy: (row) => row.name,
      grow: true,
    },
    {
      key: "nodes",
      title: "Nodes",
      cell: (row) => (
        <span
          className={classes.nodes}
          title={row.nodesForScheduler > 0 ? `${row.nodesForScheduler} of them for the scheduler` : undefined}
        >
          {row.nodes} × {row.vmSize.replace("Standard_", "")}
        </span>
      ),
      sortBy: (row) => row.nodes,
    },
    {
      key: "zones",
      title: "Zones",
      cell: (row) => (row.zones.length === 0 ? "none" : row.zones.join(", ")),
      sortBy: (row) => row.zones.length,
      wideOnly: true,
    },
    {
      key: "cpu",
      title: "CPU asked",
      cell: (row) => <Fill share={row.requested.cpu} />,
      sortBy: (row) => row.requested.cpu,
      numeric: true,
      wideOnly: true,
    },
    {
      key: "memory",
      title: "Memory asked",
      cell: (row) => <Fill share={row.requested.memory} />,
      sortBy: (row) => row.requested.memory,
      numeric: true,
      wideOnly: true,
    },
    {
      key: "monthly",
      title: "A month",
      cell: (row) => exactMoney(row.monthly, currency),
      sortBy: (row) => row.monthly,
      numeric: true,
    },
  ];
}

function PoolName({ pool }: { readonly pool: RecommendedPool }) {
  const traits = [
    pool.mode === "System" ? "system" : "",
    pool.sandboxed ? "sandboxed" : "",
    ...pool.taints,
    plural(pool.pods, "pod"),
    pool.tenants.join(", "),
  ].filter((text) => text !== "");
  return (
    <span className={classes.pool}>
      <b>{pool.name}</b> <span className={classes.soft}>{traits.join(" · ")}</span>
      <span className={classes.because}>{pool.because}</span>
    </span>
  );
}

/** A share of what the nodes offer, as number and bar. */
function Fill({ share }: { readonly share: number }) {
  const rounded = Math.round(100 * share);
  return (
    <span className={classes.fill}>
      <span className={classes.meter} aria-hidden="true">
        <span style={{ width: `${Math.min(100, rounded)}%` }} />
      </span>
      {rounded}%
    </span>
  );
}

function Headroom({ verification }: { readonly verification: StructurePlan["verification"][number] | undefined }) {
  if (verification === undefined) return null;
  const { zones, nodes, pods, kubernetesVersion } = verification;
  return (
    <>
      <h4 className={classes.minor}>Headroom by zone</h4>
      <p className={classes.words}>
        {plural(pods, "pod")} on {plural(nodes, "node")}, scheduled as kube-scheduler {kubernetesVersion} does it, then
        again with each zone gone.
      </p>
      <ul className={classes.zones}>
        {zones.map((zone) => (
          <li key={zone.zone}>
            <span className={classes.zone}>zone {zone.zone} gone</span>
            <span className={classes.soft}>
              {plural(zone.nodesLost, "node")} lost, {plural(zone.displaced, "pod")} displaced
            </span>
            <Badge badge={zoneBadge(zone, nodes, zone.nodesLost)} />
            <Pending pending={zone.nodesLost === nodes ? [] : zone.pending} />
          </li>
        ))}
      </ul>
    </>
  );
}

const named = 4;

function Pending({ pending }: { readonly pending: StructurePlan["verification"][number]["pending"] }) {
  if (pending.length === 0) return null;
  return (
    <span className={classes.because}>
      {pending
        .slice(0, named)
        .map(({ workload, pods, reason }) => `${pods} of ${workload}: ${reason}`)
        .join("; ")}
      {pending.length > named ? `; ${pending.length - named} more` : ""}
    </span>
  );
}
