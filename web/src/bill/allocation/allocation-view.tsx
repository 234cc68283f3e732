import type { CostAllocation } from "../../../../src/operations/cost/cost-allocation.ts";
import { plural } from "../../graph/plural.ts";
import { Icon } from "../../symbols/icon.tsx";
import type { Column } from "../../tables/column.ts";
import { DataTable } from "../../tables/data-table.tsx";
import { type BillSharing, billSharings } from "../../view-state/view-state.ts";
import { useWorkbench } from "../../workbench/workbench.ts";
import { BillAnswer, NoReport } from "../bill-answer.tsx";
import { periodMoney } from "../bill-money.ts";
import billClasses from "../bill-view.module.css";
import { Controls, PeriodChoice, Select } from "../controls.tsx";
import { FigureButton } from "../figure-button.tsx";
import { Grounds, Unpriced } from "../grounds.tsx";
import { type AllocationLine, allocationLines, lookInside, termsOf } from "./allocation-rows.ts";
import { AllocationTreemap, percent } from "./allocation-treemap.tsx";
import classes from "./allocation-view.module.css";

/** Whom the bill belongs to. */
export function AllocationView() {
  const { change } = useWorkbench();
  return (
    <BillAnswer part="allocation" what="Sharing the bill out">
      {(answer) =>
        "problem" in answer ? (
          <NoReport {...answer}>
            <button
              type="button"
              className={billClasses.link}
              onClick={() => change({ billBy: "tenant", billWithin: undefined })}
            >
              Show the whole bill by tenant
            </button>
          </NoReport>
        ) : (
          <Allocation report={answer.report} labels={answer.labels} />
        )
      }
    </BillAnswer>
  );
}

function Allocation({ report, labels }: { readonly report: CostAllocation; readonly labels: readonly string[] }) {
  const { view } = useWorkbench();
  const money = periodMoney(report.currency, view.period);
  const lines = allocationLines(report);
  const nobody = lines.filter(({ part }) => part === "idle" || part === "unusedCommitment");
  const wasted = nobody.reduce((sum, { total }) => sum + total, 0);
  return (
    <>
      <AllocationControls labels={labels} />
      <Within />
      <Unpriced items={report.unpriced} what="and nobody is charged for it" />
      <p className={billClasses.headline}>
        <FigureButton figure={report.total} format={money} /> {perWords[report.period]}, of which {money(wasted)} is
        idle or committed for nothing
      </p>
      <AllocationTreemap lines={lines} by={report.by} money={money} />
      <DataTable
        caption={`The bill by ${report.by}`}
        rows={lines}
        columns={columnsFor(report, money)}
        rowKey={({ key }) => key}
        empty="Nothing is billed."
      />
      <p className={billClasses.sum}>
        {plural(lines.length, "row", "rows")} add up to {money(lines.reduce((sum, { total }) => sum + total, 0))}
        <span>the bill is {money(billOf(report))}</span>
      </p>
      <Grounds assumptions={report.assumptions} diagnostics={report.diagnostics} note={methodWords(report)} />
    </>
  );
}

const perWords: { readonly [period in CostAllocation["period"]]: string } = {
  hour: "an hour",
  month: "a month",
  year: "a year",
};

function billOf({ total }: CostAllocation): number {
  return total.result.kind === "exact" ? total.result.value : total.result.kind === "range" ? total.result.likely : 0;
}

function methodWords({ method }: CostAllocation): string {
  if (method !== "requests") return "By the larger of request and measured usage at every step.";
  return "By what pods request. With measured usage: scantling cost allocate --usage FILE, or --prometheus URL.";
}

const plainKeys = ["tenant", "application", "namespace", "workload", "environment", "cluster"] as const;

const sharingWords: { readonly [sharing in BillSharing]: string } = {
  none: "own row",
  even: "shared evenly",
  weighted: "shared by cost",
};

function AllocationControls({ labels }: { readonly labels: readonly string[] }) {
  const { view, change } = useWorkbench();
  const sharing = (value: string) => billSharings.find((each) => each === value) ?? "none";
  return (
    <Controls>
      <Select label="By" value={view.billBy} onChange={(billBy) => change({ billBy, why: undefined })}>
        {plainKeys.map((key) => (
          <option key={key} value={key}>
            {key}
          </option>
        ))}
        {labels.length === 0 ? null : (
          <optgroup label="Label of the pods">
            {labels.map((label) => (
              <option key={label} value={`label:${label}`}>
                {label}
              </option>
            ))}
          </optgroup>
        )}
      </Select>
      <Select label="Idle" value={view.shareIdle} onChange={(value) => change({ shareIdle: sharing(value) })}>
        {sharingOptions}
      </Select>
      <Select
        label="Platform"
        value={view.sharePlatform}
        onChange={(value) => change({ sharePlatform: sharing(value) })}
      >
        {sharingOptions}
      </Select>
      <PeriodChoice />
    </Controls>
  );
}

const sharingOptions = billSharings.map((each) => (
  <option key={each} value={each}>
    {sharingWords[each]}
  </option>
));

/** What the allocation looks at; each term can be taken away. */
function Within() {
  const { view, change } = useWorkbench();
  const terms = termsOf(view.billWithin);
  if (terms.length === 0) return null;
  return (
    <div className={billClasses.controls}>
      <span className={billClasses.chips}>
        {terms.map((term) => (
          <button
            key={term}
            type="button"
            className={billClasses.chip}
            aria-label={`Remove ${term}`}
            onClick={() => change({ billWithin: terms.filter((each) => each !== term).join(";") || undefined })}
          >
            <code>{term}</code>
            <Icon name="close" />
          </button>
        ))}
      </span>
    </div>
  );
}

function columnsFor(report: CostAllocation, money: (amount: number) => string): readonly Column<AllocationLine>[] {
  const amount = (
    key: "own" | "idleShare" | "platformShare" | "total",
    title: string,
    wideOnly: boolean,
  ): Column<AllocationLine> => ({
    key,
    title,
    cell: (line) => money(line[key]),
    sortBy: (line) => line[key],
    numeric: true,
    wideOnly,
  });
  const sharesIdle = report.shareIdle !== "none";
  const sharesPlatform = report.sharePlatform !== "none";
  return [
    {
      key: "name",
      title: report.by.slice(0, 1).toUpperCase() + report.by.slice(1),
      cell: (line) => <Bearer line={line} by={report.by} />,
      sortBy: (line) => line.label,
      grow: true,
    },
    ...(sharesIdle || sharesPlatform ? [amount("own", "Own", true)] : []),
    ...(sharesIdle ? [amount("idleShare", "Idle", true)] : []),
    ...(sharesPlatform ? [amount("platformShare", "Platform", true)] : []),
    amount("total", `An ${report.period}`.replace("An m", "A m").replace("An y", "A y"), false),
    {
      key: "share",
      title: "Of the bill",
      cell: (line) => (
        <span className={billClasses.share}>
          <span className={`${billClasses.meter} tone-${line.tone}`} aria-hidden="true">
            <span style={{ width: `${100 * line.share}%` }} />
          </span>
          {percent(line.share)}
        </span>
      ),
      sortBy: (line) => line.share,
      numeric: true,
    },
  ];
}

function Bearer({ line, by }: { readonly line: AllocationLine; readonly by: string }) {
  const { view, change } = useWorkbench();
  const inside = lookInside(line, by, view.billWithin);
  const name = line.name;
  const open =
    inside !== undefined
      ? () => change({ ...inside, why: undefined })
      : by === "workload" && line.part === "tenant" && name !== undefined
        ? () => change({ selection: `workload/${name}`, why: undefined })
        : undefined;
  return (
    <span className={billClasses.named}>
      <span className={`${classes.swatch} tone-${line.tone}`} data-shared={line.isShared} />
      {open === undefined ? (
        line.label
      ) : (
        <button type="button" className={billClasses.link} onClick={open}>
          {line.label}
        </button>
      )}
    </span>
  );
}
