import type { WorstThing } from "../../../src/operations/assessment/assessment.ts";
import { selectionOfSubject } from "../graph/selection.ts";
import type { LensName, ViewState } from "../view-state/view-state.ts";
import { useWorkbench, type Workbench } from "../workbench/workbench.ts";
import classes from "./summary.module.css";

const lensOf: { readonly [question in WorstThing["question"]]: LensName } = {
  structure: "structure",
  cost: "cost",
  availability: "availability",
};

/** The three worst things, each a link to where it is seen. */
export function WorstThings() {
  const workbench = useWorkbench();
  const { assessment, change } = workbench;
  if (assessment.worst.length === 0) return null;
  return (
    <div className={classes.worst}>
      <h2 className={classes.label}>The worst things</h2>
      <ol className={classes.things}>
        {assessment.worst.map((thing) => (
          <li key={thing.sentence}>
            <button
              type="button"
              className={classes.thing}
              title={thing.sentence}
              onClick={() => change(targetOf(thing, workbench))}
            >
              <span className={classes.question}>{thing.question}</span>
              <span className={classes.sentence}>{thing.sentence}</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The view that shows a worst thing: its figure unfolded, its finding's subject, or the boxes it speaks of. */
function targetOf(thing: WorstThing, { figures, assessment, boxes }: Workbench): Partial<ViewState> {
  const lens = lensOf[thing.question];
  const journey = assessment.availability.journeys.find((one) => one.unavailability.id === thing.reference);
  if (journey !== undefined) return { lens, selection: `journey/${journey.journey}`, why: undefined };
  if (figures.has(thing.reference)) return { lens, why: thing.reference };
  const finding = assessment.findings.find((one) => one.rule === thing.reference);
  if (finding !== undefined) {
    return { lens: "findings", selection: selectionOfSubject(finding.subject, boxes), why: undefined };
  }
  const [, subject = ""] = thing.reference.split(/\/(.*)/s);
  const [tenant = ""] = subject.split("+");
  if (assessment.estate.tenants.includes(tenant)) return { lens, selection: `tenant/${tenant}`, why: undefined };
  return { lens, selection: `cluster/${subject}`, why: undefined };
}
