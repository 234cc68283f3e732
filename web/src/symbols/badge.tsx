import type { Badge as BadgeContent } from "../lenses/look.ts";
import classes from "./badge.module.css";
import { Sign } from "./sign.tsx";

/** Symbol, word and colour in one pill. */
export function Badge({ badge }: { readonly badge: BadgeContent }) {
  return (
    <span className={classes.badge} data-tone={badge.tone} title={badge.title}>
      <Sign name={badge.symbol} />
      <span className="badge-text">{badge.text}</span>
    </span>
  );
}
