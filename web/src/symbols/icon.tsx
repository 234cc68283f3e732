import type { ReactNode } from "react";
import classes from "./icon.module.css";

export type IconName =
  | "search"
  | "sun"
  | "moon"
  | "keyboard"
  | "open"
  | "close"
  | "back"
  | "copy"
  | "tree"
  | "caret"
  | "plus"
  | "minus"
  | "fit"
  | "map"
  | "list"
  | "reload";

/** Line drawings on a 16 by 16 grid. */
const drawings: { readonly [name in IconName]: ReactNode } = {
  search: <path d="M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14" />,
  sun: (
    <path d="M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm0-9.5v1.2m0 10.6v1.2M1.5 8h1.2m10.6 0h1.2M3.4 3.4l.9.9m7.4 7.4.9.9m0-9.2-.9.9m-7.4 7.4-.9.9" />
  ),
  moon: <path d="M13.2 9.7A5.7 5.7 0 0 1 6.3 2.8a5.7 5.7 0 1 0 6.9 6.9Z" />,
  keyboard: <path d="M1.5 4.5h13v8h-13zM4 7h.01M6.7 7h.01M9.3 7h.01M12 7h.01M4.5 10h7" />,
  open: <path d="M2 12.5v-9h4l1.5 2H14v7H2Zm6-5.5v4m-2-2h4" />,
  close: <path d="m4 4 8 8m0-8-8 8" />,
  back: <path d="M9.5 3.5 5 8l4.5 4.5" />,
  copy: <path d="M5.5 5.5v-3h8v8h-3m-8-5h8v8h-8z" />,
  tree: <path d="M3 2.5v10h4m-4-6h4m0-1.5h6v3H7zm0 6h6v3H7z" />,
  caret: <path d="m6 4 4 4-4 4" />,
  plus: <path d="M8 3.5v9M3.5 8h9" />,
  minus: <path d="M3.5 8h9" />,
  fit: <path d="M2.5 6V2.5H6m4 0h3.5V6m0 4v3.5H10m-4 0H2.5V10" />,
  map: <path d="M2 2.5h12v11H2zM4.5 5h3v3h-3zm5 0h2v6h-2zm-5 5h3v1h-3z" />,
  reload: <path d="M13.5 8A5.5 5.5 0 1 1 11.7 4M13.5 1.5v3.2h-3.2" />,
  list: <path d="M2.5 4h11M2.5 8h11m-11 4h11" />,
};

/** An icon that stands in a button with a name of its own. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className={classes.icon} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {drawings[name]}
    </svg>
  );
}
