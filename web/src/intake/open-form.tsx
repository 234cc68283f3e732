import { useId, useRef, useState } from "react";
import type { AssessmentActions } from "../assessing/use-assessment.ts";
import { openFiles, openPaste } from "./intake.ts";
import classes from "./open-form.module.css";
import { filesOfInput } from "./read-files.ts";
import { sampleManifests } from "./sample-manifests.ts";

/** Choose a folder or files, or paste manifests. */
export function OpenForm({ open }: { readonly open: AssessmentActions["open"] }) {
  const [text, setText] = useState("");
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
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <button
          type="button"
          className={classes.primary}
          disabled={text.trim() === ""}
          onClick={() => openPaste(text, open)}
        >
          Assess
        </button>
        <button type="button" className={classes.secondary} onClick={() => setText(sampleManifests)}>
          Fill in a sample
        </button>
      </div>
    </div>
  );
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
