import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./finding-groups.module.css";

/** Opens the page of a rule. */
export function RuleButton({ rule }: { readonly rule: string }) {
  const { change } = useWorkbench();
  return (
    <button type="button" className={classes.rule} onClick={() => change({ rule })} aria-label={`About rule ${rule}`}>
      About
    </button>
  );
}
