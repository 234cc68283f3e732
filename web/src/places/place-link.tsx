import { useState } from "react";
import { formatPlace, type Place } from "../../../src/estate/sources/place.ts";
import { Dialog } from "../dialogs/dialog.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import { ExcerptText } from "./excerpt-text.tsx";
import classes from "./place-link.module.css";

/** `file:line:column`; opens the lines around it when the text is at hand. */
export function PlaceLink({ place }: { readonly place: Place }) {
  const { texts } = useWorkbench();
  const [open, setOpen] = useState(false);
  const text = texts?.[place.source];
  const words = formatPlace(place);
  if (text === undefined) return <code className={classes.place}>{words}</code>;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: keeps clicks from the row around it.
    <span onClick={(event) => event.stopPropagation()}>
      <button type="button" className={classes.open} onClick={() => setOpen(true)} title="Show these lines">
        <code>{words}</code>
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title={<code>{words}</code>} size="xl">
        <ExcerptText text={text} line={place.line} />
      </Dialog>
    </span>
  );
}
