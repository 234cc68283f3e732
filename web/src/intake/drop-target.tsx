import { type DragEvent, type ReactNode, useState } from "react";
import type { AssessmentActions } from "../assessing/use-assessment.ts";
import classes from "./drop-target.module.css";
import { openFiles } from "./intake.ts";
import { filesOfDrop } from "./read-files.ts";

/** Takes a folder or files dropped anywhere on the page. */
export function DropTarget({
  open,
  children,
}: {
  readonly open: AssessmentActions["open"];
  readonly children: ReactNode;
}) {
  const [over, setOver] = useState(false);
  const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  const onDrop = (event: DragEvent) => {
    setOver(false);
    if (!holdsFiles(event)) return;
    event.preventDefault();
    void filesOfDrop(event.dataTransfer.items).then((files) => openFiles(files, open));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut of the dialog that opens files.
    <div
      className={classes.target}
      onDragOver={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) setOver(false);
      }}
      onDrop={onDrop}
    >
      {children}
      {over ? <div className={classes.over}>Drop to assess. Nothing leaves this browser.</div> : null}
    </div>
  );
}
