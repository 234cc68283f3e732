import { Choice } from "../symbols/choice.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import { BoardPart } from "./board-part.tsx";
import { ChangesPart } from "./changes-part.tsx";
import classes from "./delivery-view.module.css";
import { FilesPart } from "./files-part.tsx";

/** How the estate reaches its clusters: what lands where, what an edit does on the way, and the files that carry it. */
export function DeliveryView() {
  const { view, change } = useWorkbench();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the view scrolls, which needs the keyboard.
    <section className={classes.view} aria-label="Delivery" tabIndex={0}>
      <div className={classes.controls}>
        <Choice
          label="Part"
          value={view.deliver}
          options={[
            { value: "board", label: "Promotion", hint: "What lands where, stage by stage" },
            {
              value: "changes",
              label: "Change effects",
              hint: "What an edit of a cluster or pool does on each target",
            },
            { value: "files", label: "Files", hint: "The repository as it would be written" },
          ]}
          onChange={(deliver) => change({ deliver })}
        />
      </div>
      <Part />
    </section>
  );
}

function Part() {
  const { view } = useWorkbench();
  switch (view.deliver) {
    case "board":
      return <BoardPart />;
    case "changes":
      return <ChangesPart />;
    case "files":
      return <FilesPart />;
  }
}
