import type { AssessmentActions } from "../assessing/use-assessment.ts";
import { OpenForm } from "../intake/open-form.tsx";
import classes from "./states.module.css";

/** Nothing is served: what the page can do with a folder or a paste. */
export function EmptyState({ open }: { readonly open: AssessmentActions["open"] }) {
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <h1 className={classes.title}>One declared AKS estate in, three answers out</h1>
        <ol className={classes.answers}>
          <li>
            <strong>Who shares what?</strong> Clusters, pools, nodes and namespaces, tenant by tenant.
          </li>
          <li>
            <strong>What does it cost?</strong> The bill a month, shared out to the cent.
          </li>
          <li>
            <strong>Will it stay up?</strong> Availability per journey, and what takes it down alone.
          </li>
        </ol>
        <p className={classes.soft}>
          Any Kubernetes manifests will do. What they leave out is assumed, and every assumption is named. They are read
          in this browser and go nowhere else.
        </p>
        <OpenForm open={open} />
      </div>
    </main>
  );
}
