import { likelyValue } from "../../../src/estate/figures/figure.ts";
import type { WhatIfAvailability } from "../../../src/operations/what-if/compare-availability.ts";
import type { QuickWhatIf } from "../../../src/operations/what-if/what-if.ts";
import { signedMoney } from "../bill/bill-money.ts";
import { wholeMoney } from "../figures/money.ts";
import { UnfoldingNumber } from "../figures/unfolding-number.tsx";
import { plural } from "../graph/plural.ts";
import type { ReportState } from "../reports/report-source.ts";
import { minutesText } from "./effect-words.ts";
import { StripColumn } from "./strip-column.tsx";
import { useLastReady } from "./use-last-ready.ts";
import classes from "./what-if-strip.module.css";

const shown = { lines: 4, pairs: 3, journeys: 5 } as const;

interface EffectsProps {
  readonly quick: ReportState<QuickWhatIf>;
  readonly availability: ReportState<WhatIfAvailability>;
}

/** Where the differences come from: lines of the bill, pairs of tenants, journeys; and what the figures do not see. */
export function Effects({ quick, availability }: EffectsProps) {
  const now = useLastReady(quick);
  const later = useLastReady(availability);
  return (
    <>
      <StripColumn title="Bill and isolation" isBusy={now.isBusy}>
        {now.report === undefined ? <p className={classes.soft}>Computing</p> : <Quick report={now.report} />}
      </StripColumn>
      <StripColumn title="Journeys, minutes down a month" isBusy={later.isBusy}>
        {later.report === undefined ? (
          <p className={classes.soft}>Computing: fault trees are solved beside the page</p>
        ) : (
          <Journeys report={later.report} />
        )}
      </StripColumn>
    </>
  );
}

function Quick({ report: { cost, isolation, caveats } }: { readonly report: QuickWhatIf }) {
  const { lines, newlyUnpriced, currency } = cost;
  const rest = lines.slice(shown.lines).reduce((sum, { before, after }) => sum + after - before, 0);
  return (
    <ul className={classes.effects}>
      {lines.slice(0, shown.lines).map(({ label, before, after }, index) => (
        <li key={`${index} ${label}`}>
          <span>{label}</span>
          <b>{signedMoney(after - before, currency)}</b>
        </li>
      ))}
      {lines.length > shown.lines ? (
        <li>
          <span>{plural(lines.length - shown.lines, "more line")}</span>
          <b>{signedMoney(rest, currency)}</b>
        </li>
      ) : null}
      {lines.length === 0 ? <li className={classes.soft}>No line of the bill changes.</li> : null}
      {isolation.removed.slice(0, shown.pairs).map(({ tenants }) => (
        <li key={`- ${tenants.join()}`}>
          <span className={classes.better}>{tenants.join(" and ")} no longer share more than accepted</span>
        </li>
      ))}
      {isolation.added.slice(0, shown.pairs).map(({ tenants, because }) => (
        <li key={`+ ${tenants.join()}`}>
          <span className={classes.alert}>
            {tenants.join(" and ")} share more than accepted: {because}
          </span>
        </li>
      ))}
      {newlyUnpriced.map((label) => (
        <li key={label}>
          <span className={classes.alert}>not in the bill: {label}</span>
        </li>
      ))}
      {caveats.map((caveat) => (
        <li key={caveat} className={classes.caveat}>
          {caveat}
        </li>
      ))}
    </ul>
  );
}

function Journeys({ report: { journeys, cost } }: { readonly report: WhatIfAvailability }) {
  const currency = cost.before.unit.split("/")[0] ?? "";
  const money = (amount: number) => wholeMoney(amount, currency);
  const isPriced = likelyValue(cost.before) !== undefined;
  return (
    <table className={classes.journeys}>
      <thead>
        <tr>
          <th scope="col">Journey</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {journeys.slice(0, shown.journeys).map(({ journey, objective, before, after, meets }) => (
          <tr key={journey}>
            <th scope="row">
              {journey}
              {meets.before === meets.after || objective === undefined ? null : (
                <span className={meets.after === true ? classes.better : classes.alert}>
                  {" "}
                  {meets.after === true ? "now meets" : "now misses"} {objective}
                </span>
              )}
            </th>
            <td>
              <UnfoldingNumber figure={before} format={minutesText} />
            </td>
            <td>
              <UnfoldingNumber figure={after} format={minutesText} />
            </td>
          </tr>
        ))}
        {isPriced ? (
          <tr className={classes.total}>
            <th scope="row">Cost of all downtime</th>
            <td>
              <UnfoldingNumber figure={cost.before} format={money} />
            </td>
            <td>
              <UnfoldingNumber figure={cost.after} format={money} />
            </td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}
