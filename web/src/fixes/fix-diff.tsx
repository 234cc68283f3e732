import { useEffect, useState } from "react";
import type { Finding, Fix } from "../../../src/audit/finding.ts";
import { askEngines } from "../assessing/ask-engines.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import type { ChangedRun } from "./diff-lines.ts";
import classes from "./fix-diff.module.css";
import type { FixPreview } from "./fix-preview.ts";

interface FixDiffProps {
  readonly finding: Finding;
  readonly fix: Fix;
}

/**
 * What the fix changes, line by line, where the object is in the texts at hand; else the fragment to merge. Charts are not
 * rendered in the browser: of their objects there is the fragment alone.
 */
export function FixDiff({ finding, fix }: FixDiffProps) {
  const { texts } = useWorkbench();
  const { subject } = finding;
  const { changes, patch } = fix;
  const [preview, setPreview] = useState<FixPreview | "none">();
  useEffect(() => {
    if (texts === undefined || changes === undefined) return;
    let isWanted = true;
    askEngines(texts, { kind: "fix", subject, changes }).then(
      (answer) => isWanted && setPreview(answer.objects.length === 0 ? "none" : answer),
      () => isWanted && setPreview("none"),
    );
    return () => {
      isWanted = false;
    };
  }, [texts, subject, changes]);
  if (changes === undefined || preview === "none") return <Fragment patch={patch} />;
  if (preview === undefined) {
    return texts === undefined ? (
      <Fragment patch={patch} />
    ) : (
      <p className={classes.waiting} role="status">
        Comparing before and after
      </p>
    );
  }
  return preview.objects.map(({ object, isNew, runs }) => (
    <figure key={object} className={classes.figure}>
      <figcaption className={classes.caption}>
        {isNew ? "New: " : ""}
        {object}
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, which needs the keyboard. */}
      <section className={classes.text} tabIndex={0} aria-label={`Change of ${object}`}>
        {runs.map((run) => (
          <Run key={JSON.stringify(run)} run={run} />
        ))}
      </section>
    </figure>
  ));
}

/** The way to what changes, then the lines. */
function Run({ run: { above, lines } }: { readonly run: ChangedRun }) {
  return (
    <div className={classes.run}>
      {above.length === 0 ? null : <p className={classes.above}>{above.map(keyOf).join(" › ")}</p>}
      <pre className={classes.lines}>
        {lines.map(({ kind, text }, index) => (
          <span key={`${index} ${text}`} className={classes.line} data-kind={kind}>
            <span className={classes.sign}>{signs[kind]}</span>
            {text}
            {"\n"}
          </span>
        ))}
      </pre>
    </div>
  );
}

/** `containers` of `containers:`, `web` of `- name: web`. */
function keyOf(line: string): string {
  return line.replace(/^- (name: )?/, "").replace(/:$/, "");
}

const signs = { same: " ", removed: "-", added: "+" } as const;

function Fragment({ patch }: { readonly patch: string | undefined }) {
  if (patch === undefined) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, which needs the keyboard.
    <pre className={`${classes.text} ${classes.fragment}`} tabIndex={0}>
      {patch}
    </pre>
  );
}
