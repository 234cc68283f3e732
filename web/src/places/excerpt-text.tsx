import { excerpt, withoutIndent } from "./excerpt.ts";
import classes from "./place-link.module.css";

interface ExcerptTextProps {
  readonly text: string;
  readonly line: number | undefined;
  /** Lines on each side, where there is room for few: what they are all indented by is left out. */
  readonly around?: number;
}

/** Lines of a text with their numbers, the one in question marked. */
export function ExcerptText({ text, line, around }: ExcerptTextProps) {
  const lines = around === undefined ? excerpt(text, line) : withoutIndent(excerpt(text, line, around));
  if (lines.length === 0) return <p>The text has no such line.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, which needs the keyboard.
    <section className={classes.text} tabIndex={0} aria-label="Lines of the file">
      <pre className={classes.lines}>
        {lines.map((one) => (
          <span key={one.number} className={classes.line} data-marked={one.marked}>
            <span className={classes.number}>{one.number}</span>
            {one.text}
            {"\n"}
          </span>
        ))}
      </pre>
    </section>
  );
}
