import type { StructurePlan } from "../../../src/operations/planning/plan-report.ts";
import { BigNumber, BigNumbers } from "../bill/big-numbers.tsx";
import { signedMoney } from "../bill/bill-money.ts";
import { exactMoney, wholeMoney } from "../figures/money.ts";
import { UnfoldingNumber } from "../figures/unfolding-number.tsx";
import { plural } from "../graph/plural.ts";
import { Sign } from "../symbols/sign.tsx";
import classes from "./plan-view.module.css";
import { planBills } from "./use-plan.ts";

/** What the plan comes to, against what is declared. */
export function PlanHead({ plan }: { readonly plan: StructurePlan }) {
  const { currency, journeys, isolation, clusters, bill, comparison, contradiction, diagnostics } = plan;
  const { declared, planned } = comparison;
  const figures = planBills(plan);
  const money = (amount: number) => wholeMoney(amount, currency);
  const pools = clusters.flatMap((cluster) => cluster.pools);
  const nodes = pools.reduce((sum, pool) => sum + pool.nodes, 0);
  const judged = journeys.filter(({ met }) => met !== undefined);
  const met = judged.filter((journey) => journey.met).length;
  return (
    <>
      <BigNumbers>
        <BigNumber
          label="Bill as planned"
          value={<UnfoldingNumber figure={figures.planned} format={money} />}
          note={`${signedMoney(bill.difference, currency)} against the declared; unused commitments ${money(planned.unusedCommitments)}`}
        />
        <BigNumber
          label="Bill as declared"
          value={<UnfoldingNumber figure={figures.declared} format={money} />}
          note={`a month, commitments included; unused ${money(declared.unusedCommitments)}`}
        />
        <BigNumber
          label="After the best commitments"
          value={money(planned.billCommitted)}
          note={`${signedMoney(planned.billCommitted - declared.billCommitted, currency)} against the declared with its best`}
        />
        <BigNumber
          label="Downtime of journeys"
          value={money(planned.downtimeCost)}
          note={`${signedMoney(planned.downtimeCost - declared.downtimeCost, currency)} against the declared`}
        />
        <BigNumber
          label="Objectives met"
          value={judged.length === 0 ? "none declared" : `${met} of ${judged.length}`}
          note="journeys with an objective"
        />
        <BigNumber
          label="Pairs sharing too much"
          value={`${isolation.pairsShortAfter}`}
          note={`${isolation.pairsShortBefore} as declared`}
        />
      </BigNumbers>
      <p className={classes.holds} data-holds={plan.holds}>
        <Sign name={plan.holds ? "check" : "cross"} />
        <span>
          {plural(clusters.length, "cluster")}, {plural(pools.length, "pool")}, {plural(nodes, "node")}:{" "}
          {plan.holds
            ? "every pod schedules, and where it is demanded with any one zone gone."
            : "some pods find no place. The structure says which."}
        </span>
      </p>
      {contradiction === undefined ? null : (
        <section className={classes.notice} aria-label="Demands that cannot all hold">
          <h3>These demands cannot all hold</h3>
          <ul>
            {contradiction.demands.map(({ demand, monthlyWithout }) => (
              <li key={demand}>
                {demand}
                {monthlyWithout === undefined
                  ? ": without it there is still no plan"
                  : `: without it, nodes and tiers cost ${exactMoney(monthlyWithout, currency)} a month`}
              </li>
            ))}
          </ul>
        </section>
      )}
      {diagnostics.length === 0 ? null : (
        <ul className={classes.diagnostics} aria-label="Problems of the plan">
          {diagnostics.map(({ code, message, hint }) => (
            <li key={`${code} ${message}`}>
              <code>{code}</code> {message}
              {hint === undefined ? null : <span>{hint}</span>}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
