import type { Assumption } from "../../../src/estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../../src/estate/diagnostics/diagnostic.ts";
import type { UnpricedItem } from "../../../src/finops/cost-report.ts";
import { plural } from "../graph/plural.ts";
import { Sign } from "../symbols/sign.tsx";
import classes from "./bill-view.module.css";

/** Named above the numbers: what they leave out. */
export function Unpriced({ items, what }: { readonly items: readonly UnpricedItem[]; readonly what: string }) {
  if (items.length === 0) return null;
  return (
    <details className={classes.unpriced} open={items.length <= 3}>
      <summary>
        <Sign name="alert" /> Partial: {plural(items.length, "thing has", "things have")} no price, {what}
      </summary>
      <ul>
        {items.map((item) => (
          <li key={item.id}>
            <strong>{item.label}</strong>: {item.reason}. {item.hint}
          </li>
        ))}
      </ul>
    </details>
  );
}

interface GroundsProps {
  readonly assumptions: readonly Assumption[];
  readonly diagnostics?: readonly Diagnostic[];
  /** Such as the date of the prices. */
  readonly note?: string;
}

/** What the numbers stand on, and what of the input was wrong. */
export function Grounds({ assumptions, diagnostics = [], note }: GroundsProps) {
  const rules = Map.groupBy(assumptions, ({ id }) => id);
  return (
    <section className={classes.grounds} aria-label="What it stands on">
      {note === undefined ? null : <p className={classes.soft}>{note}</p>}
      {diagnostics.length === 0 ? null : (
        <ul className={classes.problems}>
          {diagnostics.map(({ code, message, hint }) => (
            <li key={`${code} ${message}`}>
              <code>{code}</code> {message} {hint === undefined ? null : <span className={classes.soft}>{hint}</span>}
            </li>
          ))}
        </ul>
      )}
      {assumptions.length === 0 ? null : (
        <details>
          <summary>
            {plural(assumptions.length, "assumption", "assumptions")} by {plural(rules.size, "rule", "rules")}
          </summary>
          <dl className={classes.assumptions}>
            {[...rules].map(([id, [first, ...others]]) =>
              first === undefined ? null : (
                <div key={id}>
                  <dt>
                    <code>{id}</code> {first.subject}: {first.value}
                    {others.length === 0 ? "" : `, and ${others.length} more`}
                  </dt>
                  <dd>
                    {first.text} <span className={classes.soft}>Say it in: {first.replaceBy}.</span>
                  </dd>
                </div>
              ),
            )}
          </dl>
        </details>
      )}
    </section>
  );
}
