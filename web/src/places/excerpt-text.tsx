import { excerpt } from "./excerpt.ts";
import classes from "./place-link.module.css";

interface ExcerptTextProps {
  readonly text: string;
  readonly line: number | undefined;
  /** Lines on each side. */
  readonly around?: number;
}

/** Lines of a text with their numbers, the one in question marked. */
export function ExcerptText({ text, line, around }: ExcerptTextProps) {
  const lines = excerpt(text, line, around);
  if (lines.length === 0) return <p>The text has no such line.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, which needs the keyboard.
    <pre className={classes.text} tabIndex={0} role="region" aria-label="Lines of the file">
      {lines.map((one) => (
        <span key={one.number} className={classes.line} data-marked={one.marked}>
          <span className={classes.number}>{one.number}</span>
          {one.text}
          {"\n"}
        </span>
      ))}
    </pre>
  );
}
