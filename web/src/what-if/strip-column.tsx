import type { ReactNode } from "react";
import classes from "./what-if-strip.module.css";

interface StripColumnProps {
  readonly title: string;
  readonly isBusy?: boolean;
  readonly children: ReactNode;
}

/** A column of the open strip, which scrolls by itself. */
export function StripColumn({ title, isBusy = false, children }: StripColumnProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the column scrolls, which needs the keyboard.
    <section className={classes.column} aria-label={title} aria-busy={isBusy} tabIndex={0}>
      <h3 className={classes.title}>{title}</h3>
      {children}
    </section>
  );
}
