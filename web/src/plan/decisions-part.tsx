import type { PlanDecision, RejectedAlternative, StructurePlan } from "../../../src/operations/planning/plan-report.ts";
import { signedMoney } from "../bill/bill-money.ts";
import { Badge } from "../symbols/badge.tsx";
import classes from "./plan-view.module.css";
import { verdictBadges } from "./plan-words.ts";

/** What was decided, why, and what was rejected at what price. */
export function DecisionsPart({ plan: { decisions, currency } }: { readonly plan: StructurePlan }) {
  if (decisions.length === 0) return <p className={classes.words}>Nothing asked for a decision of its own.</p>;
  return decisions.map((decision) => <Decision key={decision.id} decision={decision} currency={currency} />);
}

function Decision({ decision: one, currency }: { readonly decision: PlanDecision; readonly currency: string }) {
  const { subject, applications, decision, because, alternatives } = one;
  return (
    <section className={classes.part} aria-label={`Decision about ${subject}`}>
      <h3 className={classes.subtitle}>
        {subject}: {decision}
      </h3>
      <p className={classes.words}>
        {because}
        {applications.length === 0 ? "" : ` (${applications.join(", ")})`}
      </p>
      {alternatives.length === 0 ? null : (
        <ul className={classes.alternatives} aria-label={`Rejected for ${subject}`}>
          {alternatives.map((each) => (
            <Alternative key={each.what} alternative={each} currency={currency} />
          ))}
        </ul>
      )}
    </section>
  );
}

interface AlternativeProps {
  readonly alternative: RejectedAlternative;
  readonly currency: string;
}

function Alternative({ alternative, currency }: AlternativeProps) {
  const { what, difference, operatorHours, leadTimeDays, availability, isolation, verdict, reason } = alternative;
  const apart = [
    ...(leadTimeDays === undefined ? [] : [`${leadTimeDays} working days until it can be used`]),
    ...(isolation === undefined ? [] : [`apart by: ${isolation}`]),
    ...(availability === undefined ? [] : [availability]),
  ];
  return (
    <li>
      <span className={classes.what}>{what}</span>
      <span className={classes.amount}>
        {difference === undefined ? "no price" : difference === 0 ? "as much" : signedMoney(difference, currency)}
        {operatorHours === 0 ? "" : ` (${operatorHours} h of people)`}
      </span>
      <Badge badge={verdictBadges[verdict]} />
      <span className={classes.because}>
        {reason}
        {apart.length === 0 ? "" : ` (${apart.join("; ")})`}
      </span>
    </li>
  );
}
