import { formatAvailability } from "../../../src/estate/figures/format-figure.ts";
import type { AdvisedOption, AdvisedStore } from "../../../src/operations/stateful/store-advice-report.ts";
import type { RuleVerdict } from "../../../src/stateful/advice/rule-verdict.ts";
import { wholeMoney } from "../figures/money.ts";
import { UnfoldingNumber } from "../figures/unfolding-number.tsx";
import { Badge } from "../symbols/badge.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import type { ListedStore } from "./chosen-store.ts";
import classes from "./stateful-view.module.css";
import { choiceSentence, verdictBadges } from "./store-words.ts";

/** The store that the needs ask for: verdict, what would flip it, what fits, and what a rule rejects. */
export function ChoicePart({ advice, unjudged }: Pick<ListedStore, "advice" | "unjudged">) {
  if (unjudged.length > 0) {
    return (
      <>
        <p className={classes.words}>Not evaluable until its documents are mended:</p>
        <ul className={classes.facts}>
          {unjudged.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      </>
    );
  }
  if (advice === undefined) {
    return (
      <p className={classes.words}>
        No DataStore names it, so nothing says what it must hold to: declare one to have its choice weighed.
      </p>
    );
  }
  return (
    <>
      <section aria-label="Verdict">
        <div className={classes.verdict}>
          <Badge badge={verdictBadges[advice.verdict]} />
          <p>{choiceSentence(advice)}</p>
        </div>
        <Reasons advice={advice} />
      </section>
      <Options options={advice.options} />
      <Rejected advice={advice} />
      <Shape advice={advice} />
    </>
  );
}

function Reasons({ advice: { now, flip, relief, conflict } }: { readonly advice: AdvisedStore }) {
  return (
    <ul className={classes.facts}>
      {now.failures.map(({ rule, text }) => (
        <li key={`${rule} ${text}`}>
          What is there: <code>{rule}</code> {text}.
        </li>
      ))}
      {conflict === undefined ? null : (
        <li>
          Every option fails one of: {conflict.inputs.join(", ")}
          {conflict.floor === undefined ? "" : `; ${conflict.floor.text}`}.
        </li>
      )}
      {relief === undefined ? null : (
        <li>
          Nearest way out:{" "}
          {relief.changes.map(({ input, before, after }) => `${input} ${before} → ${after}`).join(" and ")} together
          give <strong>{relief.answer}</strong>.
        </li>
      )}
      {flip === undefined ? null : (
        <li>
          Nearest flip: <code>{flip.input}</code> {flip.before} → {flip.after} gives{" "}
          <strong>{flip.answer ?? "no answer at all"}</strong>.
        </li>
      )}
    </ul>
  );
}

function Options({ options }: { readonly options: readonly AdvisedOption[] }) {
  if (options.length === 0) return null;
  return (
    <>
      <h3 className={classes.subtitle}>What fits, best first</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, which needs the keyboard. */}
      <section className={classes.scroll} aria-label="What fits" tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Option</th>
              <th scope="col" className={classes.number}>
                All in all
              </th>
              <th scope="col" className={classes.number}>
                Service
              </th>
              <th scope="col" className={classes.number}>
                Hours
              </th>
              <th scope="col" className={classes.number}>
                Available
              </th>
              <th scope="col">To watch</th>
            </tr>
          </thead>
          <tbody>
            {options.map((option) => (
              <Option key={option.id} option={option} />
            ))}
          </tbody>
        </table>
      </section>
      <p className={classes.words}>
        A month: all in all is the service, the hours of operators and the expected downtime. To watch is what holds
        only as a rule, or what no source answers.
      </p>
    </>
  );
}

function Option({ option }: { readonly option: AdvisedOption }) {
  const { currency } = useWorkbench().assessment.cost;
  const inMoney = (value: number) => wholeMoney(value, currency);
  return (
    <tr>
      <th scope="row">{option.label}</th>
      <td className={classes.number}>
        {option.leadsBelow === undefined ? (
          <UnfoldingNumber figure={option.totalCost} format={inMoney} />
        ) : (
          <span title="It has no price, and would lead if the service cost less">
            leads below {inMoney(option.leadsBelow)}
          </span>
        )}
      </td>
      <td className={classes.number}>
        <UnfoldingNumber figure={option.monthlyCost} format={inMoney} />
      </td>
      <td className={classes.number}>{option.operatorHours} h</td>
      <td className={classes.number}>
        <UnfoldingNumber figure={option.availability} format={formatAvailability} />
      </td>
      <td>
        {option.caveats.length === 0 ? null : (
          <details className={classes.caveats}>
            <summary>
              {option.caveats.length} {option.caveats.length === 1 ? "rule" : "rules"}
            </summary>
            <Rules verdicts={option.caveats} />
          </details>
        )}
      </td>
    </tr>
  );
}

function Rejected({ advice: { rejected, otherShapes, shape } }: { readonly advice: AdvisedStore }) {
  if (rejected.length === 0 && otherShapes === 0) return null;
  return (
    <>
      <h3 className={classes.subtitle}>What a rule rejects</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, which needs the keyboard. */}
      <section className={classes.scroll} aria-label="What a rule rejects" tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Option</th>
              <th scope="col">Because</th>
            </tr>
          </thead>
          <tbody>
            {rejected.map(({ id, label, failures }) => (
              <tr key={id}>
                <th scope="row">{label}</th>
                <td>
                  <Rules verdicts={failures} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {otherShapes === 0 ? null : (
        <p className={classes.words}>
          {otherShapes} more are made for other than {shape} data.
        </p>
      )}
    </>
  );
}

function Rules({ verdicts }: { readonly verdicts: readonly RuleVerdict[] }) {
  return (
    <ul className={classes.rules}>
      {verdicts.map(({ rule, text }) => (
        <li key={`${rule} ${text}`}>
          <code>{rule}</code> {text}
        </li>
      ))}
    </ul>
  );
}

/** How code has to hold it: which invariants need agreement, and the patterns with their price. */
function Shape({ advice: { invariants, styles, patterns } }: { readonly advice: AdvisedStore }) {
  const hard = invariants.filter(({ need }) => need === "coordination");
  return (
    <>
      <h3 className={classes.subtitle}>How code holds it</h3>
      <ul className={classes.facts}>
        {hard.map(({ entity, invariant, operation, because }) => (
          <li key={`${entity} ${invariant} ${operation}`}>
            {operation} of {entity} under {invariant} needs agreement: {because}.
          </li>
        ))}
        {styles.map(({ entity, style, because }) => (
          <li key={entity}>
            {entity}: {styleNames[style]}, as {because}.
          </li>
        ))}
        {patterns.map(({ pattern, because, price }) => (
          <li key={pattern}>
            <strong>{pattern}</strong>: {because}. Price: {price}.
          </li>
        ))}
      </ul>
    </>
  );
}

const styleNames: { readonly [style in AdvisedStore["styles"][number]["style"]]: string } = {
  functionalCore: "pure functions",
  expectedVersion: "expected version",
  lock: "lock of the row",
  actor: "one writer a key (actor)",
  escrow: "shares handed out beforehand (escrow)",
};
