import type { Diagnostic } from "../../../src/estate/diagnostics/diagnostic.ts";
import classes from "./delivery-view.module.css";

interface NotesProps {
  /** What they are about, such as `notes on the files`. */
  readonly title: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Diagnostics, folded away unless one of them is an error. */
export function Notes({ title, diagnostics }: NotesProps) {
  if (diagnostics.length === 0) return null;
  return (
    <details className={classes.notes} open={diagnostics.some(({ severity }) => severity === "error")}>
      <summary>
        {diagnostics.length} {title}
      </summary>
      <ul>
        {diagnostics.map(({ code, severity, message, hint }) => (
          <li key={`${code} ${message}`}>
            <code>{code}</code> {severity}: {message} {hint}
          </li>
        ))}
      </ul>
    </details>
  );
}
