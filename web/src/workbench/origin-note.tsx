import { Tooltip } from "@mantine/core";
import type { Origin } from "../assessing/use-assessment.ts";
import { plural } from "../graph/plural.ts";
import classes from "./origin-note.module.css";
import { useWorkbench } from "./workbench.ts";

/** Where the assessment comes from, and what of the input could not be used. */
export function OriginNote({ origin, onReload }: { readonly origin: Origin; readonly onReload: () => void }) {
  const { assessment, change } = useWorkbench();
  const errors = assessment.diagnostics.filter((diagnostic) => diagnostic.severity === "error").length;
  return (
    <span className={classes.note}>
      {origin.kind === "browser" ? (
        <>
          <span>{origin.label}, assessed in this browser</span>
          {origin.notRead.length === 0 ? null : (
            <Tooltip label={origin.notRead.slice(0, 12).join("\n")} multiline className={classes.tip}>
              <span className={classes.warn}>{plural(origin.notRead.length, "file")} not read</span>
            </Tooltip>
          )}
          <button type="button" className={classes.link} onClick={onReload}>
            Back to the served estate
          </button>
        </>
      ) : null}
      {errors === 0 ? null : (
        <button type="button" className={classes.warn} onClick={() => change({ view: "list", table: "problems" })}>
          {plural(errors, "problem")} in the input
        </button>
      )}
    </span>
  );
}
