import { Awaited } from "../reports/awaited.tsx";
import { Choice } from "../symbols/choice.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import { KernelBudgets } from "./kernel-budgets.tsx";
import { ReachView } from "./reach-view.tsx";
import { SharingView } from "./sharing-view.tsx";
import classes from "./tenancy-view.module.css";

/** Who shares what, who reaches whom, and who can use up whose kernel. */
export function TenancyView() {
  const { view, change } = useWorkbench();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the view scrolls, which needs the keyboard.
    <section className={classes.view} aria-label="Tenancy" tabIndex={0}>
      <div className={classes.parts}>
        <Choice
          label="Part"
          value={view.tenancy}
          options={[
            { value: "sharing", label: "Sharing", hint: "What each two tenants have in common" },
            { value: "reachability", label: "Reachability", hint: "Whose pods may connect to whose" },
            { value: "kernel", label: "Kernel budgets", hint: "What one node's kernel shares out" },
          ]}
          onChange={(tenancy) => change({ tenancy, pair: undefined })}
        />
      </div>
      <Part />
    </section>
  );
}

function Part() {
  const { view } = useWorkbench();
  switch (view.tenancy) {
    case "sharing":
      return (
        <Awaited name="tenancy" what="Comparing tenants layer by layer">
          {(report) => <SharingView report={report} />}
        </Awaited>
      );
    case "reachability":
      return (
        <Awaited name="reachability" what="Following the policies">
          {(report) => <ReachView report={report} />}
        </Awaited>
      );
    case "kernel":
      return (
        <Awaited name="kernel" what="Adding up what nodes share out">
          {(report) => <KernelBudgets report={report} />}
        </Awaited>
      );
  }
}
