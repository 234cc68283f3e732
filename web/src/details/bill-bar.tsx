import type { BillPart } from "../../../src/finops/cost-report.ts";
import { exactMoney } from "../figures/money.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./bill-bar.module.css";

/** Parts of the bill in reading order; idle and unused are always shown, also when nothing is. */
const billParts: readonly { readonly part: BillPart; readonly label: string; readonly tone: string }[] = [
  { part: "tenant", label: "Tenants", tone: "tenant" },
  { part: "sharedPlatform", label: "Shared platform", tone: "shared" },
  { part: "systemOverhead", label: "System overhead", tone: "system" },
  { part: "idle", label: "Idle", tone: "idle" },
  { part: "fees", label: "Fees", tone: "fees" },
  { part: "unusedCommitment", label: "Unused commitment", tone: "unused" },
];

/** The bill as one bar with its parts listed below. */
export function BillBar() {
  const { assessment } = useWorkbench();
  const { parts, currency } = assessment.cost;
  const total = billParts.reduce((sum, { part }) => sum + Math.max(0, parts[part]), 0);
  return (
    <div>
      <div className={classes.bar} aria-hidden="true">
        {billParts.map(({ part, tone }) => (
          <span key={part} data-tone={tone} style={{ flexGrow: total === 0 ? 0 : Math.max(0, parts[part]) / total }} />
        ))}
      </div>
      <ul className={classes.parts}>
        {billParts.map(({ part, label, tone }) => (
          <li key={part}>
            <span className={classes.swatch} data-tone={tone} />
            {label}
            <span className={classes.share}>{total === 0 ? "" : `${Math.round((parts[part] / total) * 100)}%`}</span>
            <span className={classes.amount}>{exactMoney(parts[part], currency)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
