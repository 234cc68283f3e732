import type { TenancyKernelReport } from "../../../src/operations/tenancy/tenancy.ts";
import { kernelDimensions } from "../../../src/tenancy/kernel/kernel-dimensions.ts";
import type { KernelBudget } from "../../../src/tenancy/kernel/kernel-report.ts";
import { plural } from "../graph/plural.ts";
import { Badge } from "../symbols/badge.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import { type PoolBudgets, poolName, poolsWorstFirst, shareInWords } from "./kernel-pools.ts";
import classes from "./tenancy-view.module.css";

/** What the fullest node of each pool has of its kernel's budgets taken, and who can starve whom. */
export function KernelBudgets({ report }: { readonly report: TenancyKernelReport }) {
  const pools = poolsWorstFirst(report.pools);
  if (pools.length === 0) return <p className={classes.empty}>There is no node pool.</p>;
  const warning = Math.round(report.warningShare * 100);
  return (
    <>
      <p className={classes.lead}>
        The fullest node of each pool; the mark stands at {warning}%, from where a budget is tight. Choose a bar to see
        what it stands on.
      </p>
      <ul className={classes.pools}>
        {pools.map((pool) => (
          <Pool key={poolName(pool)} pool={pool} warningShare={report.warningShare} />
        ))}
      </ul>
    </>
  );
}

function Pool({ pool, warningShare }: { readonly pool: PoolBudgets; readonly warningShare: number }) {
  const { tenants, starvation } = pool;
  const bad = pool.budgets.filter(({ verdict }) => verdict === "exceeded" || verdict === "tight");
  return (
    <li className={classes.pool}>
      <div className={classes.poolHead}>
        <h3 className={classes.poolName}>{poolName(pool)}</h3>
        <span className={classes.soft}>
          {pool.nodes} × {pool.vmSize.replace(/^Standard_/, "")}
        </span>
        {bad.map(({ dimension, verdict }) => (
          <Badge
            key={dimension}
            badge={{
              symbol: verdict === "exceeded" ? "cross" : "alert",
              text: verdict,
              tone: verdict === "exceeded" ? "bad" : "warn",
              title: kernelDimensions[dimension].label,
            }}
          />
        ))}
      </div>
      <p className={classes.tenants}>{tenants.length === 0 ? "the platform alone" : tenants.join(", ")}</p>
      <ul className={classes.budgets}>
        {pool.budgets.map((budget) => (
          <li key={budget.dimension}>
            <Budget budget={budget} warningShare={warningShare} />
          </li>
        ))}
      </ul>
      {starvation.length === 0 ? null : (
        <details className={classes.starve}>
          <summary>{plural(starvation.length, "way")} to starve a neighbour</summary>
          <ul>
            {starvation.map(({ dimension, by, of, because, certain }) => (
              <li key={`${dimension} ${by} ${of.join()} ${because}`}>
                {by} {certain ? "can" : "may"} take all {kernelDimensions[dimension].label} from {of.join(", ")}:{" "}
                {because}.
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

function Budget({ budget, warningShare }: { readonly budget: KernelBudget; readonly warningShare: number }) {
  const { view, change } = useWorkbench();
  const { dimension, share, verdict, estimated, heaviest, demand } = budget;
  const title = heaviest.map(({ workload, pods }) => `${workload} (${plural(pods, "pod")})`).join(", ");
  return (
    <button
      type="button"
      className={classes.budget}
      aria-pressed={view.why === demand.id}
      title={title === "" ? undefined : `Most of it: ${title}`}
      onClick={() => change({ why: demand.id })}
    >
      <span>{kernelDimensions[dimension].label}</span>
      <span className={classes.track} aria-hidden="true">
        {share === undefined || verdict === "notEvaluable" ? null : (
          <>
            <span
              className={classes.fill}
              data-verdict={verdict}
              style={{ width: share === 0 ? 0 : `max(2px, ${Math.min(100, share * 100)}%)` }}
            />
            <span className={classes.mark} style={{ left: `${warningShare * 100}%` }} />
          </>
        )}
      </span>
      <span>
        {shareInWords(budget)}
        {estimated && share !== undefined ? <abbr title="estimated by a rule of thumb, not declared"> ≈</abbr> : null}
      </span>
    </button>
  );
}
