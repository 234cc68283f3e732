import { useState } from "react";
import { plural } from "../graph/plural.ts";
import { Icon } from "../symbols/icon.tsx";
import type { PreviewedFile } from "./delivery-request.ts";
import classes from "./delivery-view.module.css";
import { sizeText } from "./delivery-words.ts";

/** Lines that are drawn; the whole text is what is copied and downloaded. */
const mostLines = 2_000;

/** A file's text with the numbers of its lines. */
export function FileText({ file: { path, text } }: { readonly file: PreviewedFile }) {
  const [copied, setCopied] = useState(false);
  const lines = text.replace(/\n$/, "").split("\n");
  const shown = lines.slice(0, mostLines);
  return (
    <section className={classes.file} aria-label={`File ${path}`}>
      <div className={classes.fileHead}>
        <h3 className={classes.path}>{path}</h3>
        <span className={classes.soft}>
          {plural(lines.length, "line")}, {sizeText(text.length)}
        </span>
        <button
          type="button"
          className={classes.action}
          onClick={() => {
            void navigator.clipboard.writeText(text).then(() => setCopied(true));
          }}
        >
          <Icon name="copy" /> <span aria-live="polite">{copied ? "Copied" : "Copy"}</span>
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, which needs the keyboard. */}
      <section className={classes.text} aria-label="Text of the file" tabIndex={0}>
        <pre className={classes.numbers} aria-hidden="true">
          {shown.map((_, index) => index + 1).join("\n")}
        </pre>
        <pre className={classes.code}>{shown.join("\n")}</pre>
      </section>
      {lines.length > mostLines ? (
        <p className={classes.soft}>
          {plural(lines.length - mostLines, "more line")}: copy the text or download the repository to read them.
        </p>
      ) : null}
    </section>
  );
}
