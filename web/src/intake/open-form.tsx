import { type ClipboardEvent, useId, useRef, useState } from "react";
import type { AssessmentActions } from "../assessing/use-assessment.ts";
import { openFiles, openPaste } from "./intake.ts";
import classes from "./open-form.module.css";
import { filesOfInput } from "./read-files.ts";
import { sampleManifests } from "./sample-manifests.ts";

/** Choose a folder or files, or paste manifests. */
export function OpenForm({ open }: { readonly open: AssessmentActions["open"] }) {
  // The text stays in the field: a large paste must not pass through the page at every key.
  const text = useRef<HTMLTextAreaElement>(null);
  const [isEmpty, setEmpty] = useState(true);
  const assess = () => openPaste(text.current?.value ?? "", open);
  const fillSample = () => {
    if (text.current !== null) text.current.value = sampleManifests;
    setEmpty(false);
  };
  const field = useId();
  return (
    <div className={classes.form}>
      <div className={classes.choosers}>
        <Chooser label="Choose a folder" folder open={open} />
        <Chooser label="Choose files" folder={false} open={open} />
        <span className={classes.note}>or drop them anywhere on this page</span>
      </div>
      <label htmlFor={field} className={classes.label}>
        Or paste manifests
      </label>
      <textarea
        id={field}
        className={classes.text}
        rows={10}
        spellCheck={false}
        placeholder={"apiVersion: apps/v1\nkind: Deployment\n…"}
        ref={text}
        wrap="off"
        onPaste={pasteLarge}
        onInput={(event) => setEmpty(event.currentTarget.value.trim() === "")}
      />
      <div className={classes.actions}>
        <button type="button" className={classes.primary} disabled={isEmpty} onClick={assess}>
          Assess
        </button>
        <button type="button" className={classes.secondary} onClick={fillSample}>
          Fill in a sample
        </button>
      </div>
    </div>
  );
}

/** Characters from which a paste bypasses the browser's editing commands, which take minutes for very long texts. */
const largePaste = 50_000;

function pasteLarge(event: ClipboardEvent<HTMLTextAreaElement>): void {
  const pasted = event.clipboardData.getData("text");
  if (pasted.length < largePaste) return;
  event.preventDefault();
  const field = event.currentTarget;
  field.setRangeText(pasted, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

interface ChooserProps {
  readonly label: string;
  readonly folder: boolean;
  readonly open: AssessmentActions["open"];
}

function Chooser({ label, folder, open }: ChooserProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={classes.secondary} onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={label}
        {...(folder ? { webkitdirectory: "" } : {})}
        onChange={(event) => {
          const { files } = event.currentTarget;
          if (files !== null && files.length > 0) void openFiles(filesOfInput(files), open);
        }}
      />
    </>
  );
}
