import { Choice } from "../symbols/choice.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import { ChoicePart } from "./choice-part.tsx";
import { chosenStore, type ListedStore, listStores } from "./chosen-store.ts";
import { RecoveryPart } from "./recovery-part.tsx";
import { RunPart } from "./run-part.tsx";
import classes from "./stateful-view.module.css";
import { useAdvice, useTimelines } from "./use-stateful.ts";

/** Where data lies: whether that is the right place, how it comes back, and what clients see of it. */
export function StatefulView() {
  const { texts, view } = useWorkbench();
  const advice = useAdvice(texts);
  const timelines = useTimelines(texts);
  const failed = advice.kind === "failed" ? advice : timelines.kind === "failed" ? timelines : undefined;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the view scrolls, which needs the keyboard.
    <section className={classes.view} aria-label="Stores" tabIndex={0}>
      {failed !== undefined ? (
        <div className={classes.words} role="alert">
          <p>{failed.problem.sentence}</p>
          <p>{failed.problem.hint}</p>
        </div>
      ) : advice.kind === "ready" && timelines.kind === "ready" ? (
        <Stores
          stores={listStores({ advice: advice.report, timelines: timelines.report })}
          environment={timelines.report.environment}
          key={view.stores}
        />
      ) : (
        <p className={classes.words} role="status">
          Weighing stores and timing how they come back
        </p>
      )}
    </section>
  );
}

function Stores({ stores, environment }: { readonly stores: readonly ListedStore[]; readonly environment: string }) {
  const { view, change } = useWorkbench();
  const chosen = chosenStore(stores, view);
  if (chosen === undefined) {
    return (
      <p className={classes.words}>
        Nothing keeps data here: no DataStore is declared, and no workload has a lasting volume.
      </p>
    );
  }
  return (
    <>
      <div className={classes.controls}>
        <Choice
          label="Part"
          value={view.stores}
          options={[
            { value: "choice", label: "Choice", hint: "Which store the declared needs ask for" },
            { value: "recovery", label: "Recovery", hint: "From the failure until it serves again" },
            { value: "run", label: "Run", hint: "What clients see, played step by step" },
          ]}
          onChange={(part) => change({ stores: part, why: undefined })}
        />
        <span className={classes.field}>
          <label htmlFor="stores-store">Store</label>
          <select
            id="stores-store"
            className={classes.select}
            value={chosen.key}
            onChange={(event) =>
              change({
                store: event.currentTarget.value,
                why: undefined,
                level: undefined,
                token: "declared",
                broken: undefined,
                step: undefined,
              })
            }
          >
            {stores.map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </select>
        </span>
        <span className={classes.form}>
          {chosen.timelines?.form}
          {chosen.timelines?.workloads === undefined ? "" : `, ${environment}`}
        </span>
      </div>
      <Part chosen={chosen} />
    </>
  );
}

function Part({ chosen }: { readonly chosen: ListedStore }) {
  const { view } = useWorkbench();
  switch (view.stores) {
    case "choice":
      return <ChoicePart advice={chosen.advice} unjudged={chosen.unjudged} />;
    case "recovery":
      return <RecoveryPart store={chosen.timelines} />;
    case "run":
      return <RunPart store={chosen} />;
  }
}
