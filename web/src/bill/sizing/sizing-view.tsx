import { useMemo } from "react";
import type { CostRightSizing } from "../../../../src/operations/cost/rightsize-report.ts";
import { ChartFigure } from "../../charts/chart-figure.tsx";
import { wholeMoney } from "../../figures/money.ts";
import { plural } from "../../graph/plural.ts";
import { DataTable } from "../../tables/data-table.tsx";
import { useWorkbench } from "../../workbench/workbench.ts";
import { BigNumber, BigNumbers } from "../big-numbers.tsx";
import { BillAnswer } from "../bill-answer.tsx";
import { signedMoney } from "../bill-money.ts";
import type { BillAnswers, WorkloadChoice } from "../bill-request.ts";
import classes from "../bill-view.module.css";
import { Controls, Select } from "../controls.tsx";
import { FigureButton } from "../figure-button.tsx";
import { Grounds, Unpriced } from "../grounds.tsx";
import {
  type ReplicaSweep,
  replicaLines,
  replicaOption,
  replicaWords,
  type SizedPool,
  sizeLines,
  sizeOption,
  sizeWords,
} from "./sizing-chart.ts";
import { idleColumns, poolColumns, replicaColumns, sizeColumns } from "./sizing-columns.tsx";

/** Where the estate pays for more than its pods ask for. */
export function SizingView() {
  return (
    <BillAnswer part="sizing" what="Packing every pool on every size that fits">
      {(answer) => <Sizing {...answer} />}
    </BillAnswer>
  );
}

function Sizing({ report, workloads }: BillAnswers["sizing"]) {
  const { currency, steps, idle, nodePools, requestsMissing } = report;
  const money = (amount: number) => wholeMoney(amount, currency);
  return (
    <>
      <Unpriced items={report.unpriced} what="and its saving is not known" />
      <BigNumbers>
        <BigNumber label="The bill, a month" value={<FigureButton figure={report.bill} format={money} />} />
        <BigNumber label="Could be less by" value={<FigureButton figure={report.saving} format={money} />} />
        {steps.map(({ step, label, saved }) => (
          <BigNumber key={step} label={shortStep[step] ?? label} value={money(saved)} />
        ))}
      </BigNumbers>
      {requestsMissing === undefined ? null : (
        <p className={classes.words}>
          Requests are not evaluable here: {requestsMissing.reason}. On the command line:{" "}
          <code>scantling cost rightsize --usage FILE</code>.
        </p>
      )}
      <Curve report={report} workloads={workloads} />
      <h3 className={classes.subtitle}>Node pools, the largest saving first</h3>
      <PoolTable pools={nodePools} currency={currency} />
      {idle.length === 0 ? null : (
        <>
          <h3 className={classes.subtitle}>{plural(idle.length, "thing", "things")} paid for and not used</h3>
          <DataTable
            caption="Paid for and not used"
            rows={idle}
            columns={idleColumns(currency)}
            rowKey={({ kind, id }) => `${kind}/${id}`}
            empty="Nothing."
          />
        </>
      )}
      <Grounds
        assumptions={report.assumptions}
        diagnostics={report.diagnostics}
        note={`Prices of ${report.pricesAsOf}.`}
      />
    </>
  );
}

const shortStep: { readonly [step in CostRightSizing["steps"][number]["step"]]: string } = {
  idle: "Idle things removed",
  requests: "Requests by usage",
  nodeCounts: "Node counts follow pods",
  nodeSizes: "Advised node sizes",
};

function poolKey({ cluster, pool }: SizedPool): string {
  return `pool/${cluster}/${pool}`;
}

function Curve({
  report,
  workloads,
}: {
  readonly report: CostRightSizing;
  readonly workloads: readonly WorkloadChoice[];
}) {
  const { view, change } = useWorkbench();
  const { nodePools, replicas, currency } = report;
  const isWorkload = view.billOf !== undefined && !view.billOf.startsWith("pool/");
  const drawn = nodePools.filter(({ curve }) => curve.length > 0);
  const pool = drawn.find((each) => poolKey(each) === view.billOf) ?? drawn[0];
  if (pool === undefined && !isWorkload) {
    return <p className={classes.words}>No node pool is declared whose sizes could be compared.</p>;
  }
  const value = isWorkload ? view.billOf : pool === undefined ? "" : poolKey(pool);
  return (
    <>
      <Controls>
        <Select label="Sizes of" value={value ?? ""} onChange={(billOf) => change({ billOf, why: undefined })}>
          <optgroup label="Nodes of a pool">
            {drawn.map((each) => (
              <option key={poolKey(each)} value={poolKey(each)}>
                {each.cluster}/{each.pool}
              </option>
            ))}
          </optgroup>
          <optgroup label="Replicas of a workload">
            {workloads.map(({ id }) => (
              <option key={id} value={id}>
                {id}
              </option>
            ))}
          </optgroup>
        </Select>
      </Controls>
      {isWorkload ? (
        replicas === undefined ? (
          <p className={classes.words}>Its replicas have not been swept, or it is no workload that serves.</p>
        ) : (
          <ReplicaCurve sweep={replicas} currency={currency} />
        )
      ) : pool === undefined ? null : (
        <SizeCurve pool={pool} currency={currency} />
      )}
    </>
  );
}

function SizeCurve({ pool, currency }: { readonly pool: SizedPool; readonly currency: string }) {
  const option = useMemo(() => sizeOption(pool, (amount) => wholeMoney(amount, currency)), [pool, currency]);
  const words = sizeWords(pool, (amount) => signedMoney(amount, currency));
  return (
    <>
      <ChartFigure
        title={`${pool.cluster}/${pool.pool}: ${currency} a month against its own size`}
        option={option}
        words={words}
        axis="vCPU of a node: few small nodes left, many in one right"
        lines={sizeLines}
      />
      <p className={classes.words}>{words.slice(0, 1).toUpperCase() + words.slice(1)}.</p>
      <DataTable
        caption={`Sizes of ${pool.cluster}/${pool.pool}`}
        rows={pool.curve.toSorted((left, right) => left.difference - right.difference)}
        columns={sizeColumns(pool, currency)}
        rowKey={({ vmSize }) => vmSize}
        empty="No size fits."
      />
    </>
  );
}

function ReplicaCurve({ sweep, currency }: { readonly sweep: ReplicaSweep; readonly currency: string }) {
  const option = useMemo(() => replicaOption(sweep, (amount) => wholeMoney(amount, currency)), [sweep, currency]);
  const words = replicaWords(sweep, (amount) => signedMoney(amount, currency));
  return (
    <>
      <ChartFigure
        title={`${sweep.label}: ${currency} a month against what is declared`}
        option={option}
        words={words}
        axis="replicas"
        lines={replicaLines(sweep)}
      />
      <p className={classes.words}>
        {words.slice(0, 1).toUpperCase() + words.slice(1)}. What they carry is by {sweep.demandBasis}.
      </p>
      <DataTable
        caption={`Replicas of ${sweep.label}`}
        rows={sweep.points}
        columns={replicaColumns(currency)}
        rowKey={({ replicas, scale }) => `${replicas}/${scale}`}
        empty="No combination carries the demand."
      />
    </>
  );
}

function PoolTable({ pools, currency }: { readonly pools: readonly SizedPool[]; readonly currency: string }) {
  const { view, change } = useWorkbench();
  return (
    <DataTable
      caption="Node pools"
      rows={pools}
      columns={poolColumns(currency)}
      rowKey={poolKey}
      empty="No node pool is declared."
      onSelect={(pool) => change({ billOf: poolKey(pool), why: undefined })}
      isSelected={(pool) => poolKey(pool) === view.billOf}
    />
  );
}
