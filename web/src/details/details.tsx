import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./details.module.css";
import { FrameDetails } from "./frame-details.tsx";
import { JourneyDetails } from "./journey-details.tsx";
import { Overview } from "./overview.tsx";
import { OwnerDetails } from "./owner-details.tsx";
import { TargetDetails } from "./target-details.tsx";
import { WorkloadDetails } from "./workload-details.tsx";

/** The selected thing, or the overview. */
export function Details() {
  const { assessment, selection, view } = useWorkbench();
  if (selection === undefined) {
    if (view.selection !== undefined) return <NotFound what={view.selection} />;
    return <Overview />;
  }
  switch (selection.kind) {
    case "workload": {
      const workload = assessment.estate.workloads.find((one) => one.id === selection.name);
      return workload === undefined ? <NotFound what={selection.name} /> : <WorkloadDetails workload={workload} />;
    }
    case "journey": {
      const journey = assessment.availability.journeys.find((one) => one.journey === selection.name);
      return journey === undefined ? <NotFound what={selection.name} /> : <JourneyDetails journey={journey} />;
    }
    case "tenant":
    case "application":
    case "environment":
      return <OwnerDetails selection={selection} />;
    case "target":
      return selection.box === undefined ? null : <TargetDetails box={selection.box} />;
    case "region":
    case "cluster":
    case "pool":
    case "waiting":
    case "group":
    case "outside":
      return selection.box === undefined ? null : <FrameDetails box={selection.box} />;
  }
}

/** The address names something that this estate does not have. */
function NotFound({ what }: { readonly what: string }) {
  return (
    <div className={classes.panel}>
      <p className={classes.kind}>Not in this estate</p>
      <h2 className={classes.title}>{what}</h2>
      <p className={classes.soft}>The link may come from another version of the estate.</p>
    </div>
  );
}
