import { Icon } from "../symbols/icon.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import { Effects } from "./effects.tsx";
import { Offers } from "./offers.tsx";
import { Results } from "./results.tsx";
import { Stack } from "./stack.tsx";
import { useStack, useWhatIf } from "./use-what-if.ts";
import classes from "./what-if-strip.module.css";

/** At the bottom of the page: changes that are tried, and what they do to cost, isolation and availability. */
export function WhatIfStrip() {
  const { texts, view, change } = useWorkbench();
  const stack = useStack();
  const { changes, unreadable } = stack;
  const isOpen = view.strip === "open";
  const isTrying = changes.length > 0;
  const quick = useWhatIf(texts, isTrying ? { what: "quick", changes } : undefined);
  const availability = useWhatIf(texts, isTrying ? { what: "availability", changes } : undefined);
  return (
    <section className={classes.strip} aria-label="What if" data-open={isOpen}>
      <div className={classes.head}>
        <button
          type="button"
          className={classes.toggle}
          aria-expanded={isOpen}
          title="Try changes of the selected thing (i)"
          onClick={() => change({ strip: isOpen ? "closed" : "open" }, "replace")}
        >
          <span className={classes.caret} data-open={isOpen}>
            <Icon name="caret" />
          </span>
          What if
        </button>
        {isTrying ? (
          <>
            <Results quick={quick} availability={availability} count={changes.length} />
            <button type="button" className={classes.clear} onClick={() => stack.set([])}>
              Take all back
            </button>
          </>
        ) : (
          <p className={classes.hint}>
            Other replicas, zones, tier, size, spot, a reservation, a second region, a tenant moved: cost, isolation and
            availability are computed in this browser.
          </p>
        )}
      </div>
      {unreadable.length === 0 ? null : (
        <p className={classes.unread} role="alert">
          Not understood in the link: {unreadable.slice(0, 3).join(", ")}
          {unreadable.length > 3 ? ` and ${unreadable.length - 3} more` : ""}
        </p>
      )}
      {isOpen ? (
        <div className={classes.body}>
          <Offers />
          <Stack refused={quick.kind === "ready" ? quick.report.refused : []} />
          {isTrying ? <Effects quick={quick} availability={availability} /> : null}
        </div>
      ) : null}
    </section>
  );
}
