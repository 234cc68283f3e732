import { lazy, Suspense } from "react";
import type { AuditedRule } from "../../../src/operations/audit/audit-report.ts";
import { Dialog } from "../dialogs/dialog.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./rule-page.module.css";

/** All pages come in one piece, when the first is opened. */
const RulePage = lazy(async () => {
  const { RulePage: component } = await import("./rule-page.tsx");
  return { default: component };
});

/** The page of the rule that the address names: what fails, why it matters, how to fix it. */
export function RulePageDialog({ rules }: { readonly rules: readonly AuditedRule[] }) {
  const { view, change } = useWorkbench();
  const verdicts = rules.find(({ id }) => id === view.rule)?.verdicts;
  return (
    <Dialog
      open={view.rule !== undefined}
      onClose={() => change({ rule: undefined })}
      title={<span>Rule {view.rule}</span>}
      size="xl"
    >
      {verdicts === undefined ? null : (
        <p className={classes.verdicts}>
          In this estate {verdicts.fail} fail, {verdicts.pass} pass, {verdicts.notEvaluable} not evaluable.
        </p>
      )}
      <Suspense fallback={<p role="status">Reading the page of the rule</p>}>
        {view.rule === undefined ? null : <RulePage rule={view.rule} />}
      </Suspense>
    </Dialog>
  );
}
