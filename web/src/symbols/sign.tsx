import type { ReactNode } from "react";
import type { SymbolName } from "../lenses/look.ts";
import classes from "./sign.module.css";

/** Shapes on a 12 by 12 grid, filled with the text's colour. */
const shapes: { readonly [name in SymbolName]: ReactNode } = {
  check: <path d="M2 6.5 5 9.5 10 3" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  cross: <path d="M2.5 2.5l7 7m0-7l-7 7" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  alert: <path d="M6 1 11.5 11H.5L6 1Zm-.7 3.6v3h1.4v-3H5.3Zm0 3.9v1.3h1.4V8.5H5.3Z" fillRule="evenodd" />,
  diamond: <path d="M6 .5 11.5 6 6 11.5.5 6 6 .5Z" />,
  square: <path d="M2 2h8v8H2z" />,
  circle: <circle cx="6" cy="6" r="4.2" />,
  ring: <circle cx="6" cy="6" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  question: (
    <path
      d="M3.8 4.2a2.2 2.2 0 1 1 3.3 1.9C6.3 6.6 6 7 6 7.8M6 9.7v1"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
    />
  ),
  share: (
    <g fill="none" stroke="currentColor" strokeWidth="1.4">
      <circle cx="4.4" cy="6" r="3.2" />
      <circle cx="7.6" cy="6" r="3.2" />
    </g>
  ),
  link: <path d="M1 6h8.5M6.5 3l3 3-3 3" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  pin: <path d="M2 3h8v1.5H2zM2 7.5h5V9H2z" />,
};

/** A small sign beside words; it says nothing that the words do not. */
export function Sign({ name }: { readonly name: SymbolName }) {
  return (
    <svg className={classes.sign} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      {shapes[name]}
    </svg>
  );
}
