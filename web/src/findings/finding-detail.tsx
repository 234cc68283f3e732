import type { FindingExemption } from "../../../src/audit/finding.ts";
import { exemptionInWords } from "../../../src/audit/report/exemption-words.ts";
import type { AuditFinding } from "../../../src/audit/report/group-findings.ts";
import { formatResult } from "../../../src/estate/figures/format-figure.ts";
import { FixDiff } from "../fixes/fix-diff.tsx";
import { ruleId } from "../graph/filter.ts";
import { selectionOfSubject } from "../graph/selection.ts";
import { PlaceExcerpt } from "../places/place-excerpt.tsx";
import { PlaceLink } from "../places/place-link.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./finding-detail.module.css";
import { RuleButton } from "./rule-button.tsx";

/** Everything about one finding: the lines, what to change, where it holds, what it costs, what silences it. */
export function FindingDetail({ finding }: { readonly finding: AuditFinding }) {
  const { fix, place, exemptedBy } = finding;
  return (
    <div className={classes.detail}>
      <Terms finding={finding} />
      {exemptedBy === undefined ? null : <Exemption exemption={exemptedBy} />}
      <div className={classes.sides}>
        <section className={classes.side}>
          <h3 className={classes.title}>Where</h3>
          <PlaceLink place={place} />
          <PlaceExcerpt place={place} />
        </section>
        {fix === undefined ? null : (
          <section className={classes.side}>
            <h3 className={classes.title}>How to fix it</h3>
            <p className={classes.fix}>{fix.description}</p>
            <FixDiff finding={finding} fix={fix} />
          </section>
        )}
      </div>
      <Occurrences finding={finding} />
    </div>
  );
}

function Terms({ finding }: { readonly finding: AuditFinding }) {
  const { rule, name, container, path, control, missing, monthlyCost, downtimeMinutesPerYear } = finding;
  const terms: readonly (readonly [string, string | undefined])[] = [
    ["Container", container],
    ["Field", path],
    ["Standard's check", control],
    ["Needs", missing?.join(", ")],
    ["Costs", monthlyCost === undefined ? undefined : formatResult(monthlyCost.result, monthlyCost.unit)],
    [
      "Down",
      downtimeMinutesPerYear === undefined
        ? undefined
        : formatResult(downtimeMinutesPerYear.result, downtimeMinutesPerYear.unit),
    ],
  ];
  return (
    <dl className={classes.terms}>
      <div>
        <dt>Rule</dt>
        <dd>
          <code>{rule}</code> {name} <RuleButton rule={ruleId(rule)} />
        </dd>
      </div>
      {terms.map(([title, value]) =>
        value === undefined ? null : (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Exemption({ exemption }: { readonly exemption: FindingExemption }) {
  const owner = exemption.owner === undefined ? "" : `, by ${exemption.owner}`;
  return (
    <p className={classes.exemption}>
      It does not count: {exemptionInWords(exemption)}
      {owner}. {exemption.reason}
    </p>
  );
}

/** More objects than anybody reads. */
const listed = 12;

/** Every object that the place is rendered to, each a link to its box. */
function Occurrences({ finding: { occurrences } }: { readonly finding: AuditFinding }) {
  const { boxes, change } = useWorkbench();
  return (
    <section>
      <h3 className={classes.title}>
        {occurrences.length > 1 ? `It holds for ${occurrences.length} objects` : "It holds for"}
      </h3>
      <ul className={classes.objects}>
        {occurrences.slice(0, listed).map(({ subject, severity }) => {
          const selection = selectionOfSubject(subject, boxes);
          return (
            <li key={subject}>
              {selection === undefined ? (
                <code>{subject}</code>
              ) : (
                <button type="button" className={classes.object} onClick={() => change({ selection, why: undefined })}>
                  <code>{subject}</code>
                </button>
              )}
              {occurrences.length > 1 ? <span className={classes.severity}>{severity}</span> : null}
            </li>
          );
        })}
        {occurrences.length > listed ? <li>and {occurrences.length - listed} more</li> : null}
      </ul>
    </section>
  );
}
