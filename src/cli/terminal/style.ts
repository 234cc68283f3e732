import picocolors from "picocolors";
import stringWidth from "string-width";

/** Colours of a stream; every function returns its text unchanged where colour is off. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
  readonly cyan: (text: string) => string;
}

export type ColorChoice = "auto" | "always" | "never";

/** What decides colour besides the choice: the stream, and the conventions NO_COLOR and FORCE_COLOR. */
export interface ColorContext {
  readonly isTerminal: boolean;
  readonly environment: { readonly [name: string]: string | undefined };
}

/** `--color` first, then NO_COLOR and FORCE_COLOR, then whether the stream is a terminal. */
export function wantsColor(choice: ColorChoice, { isTerminal, environment }: ColorContext): boolean {
  if (choice !== "auto") return choice === "always";
  if ((environment["NO_COLOR"] ?? "") !== "") return false;
  if ((environment["FORCE_COLOR"] ?? "0") !== "0") return true;
  return isTerminal && environment["TERM"] !== "dumb";
}

export function createStyle(color: boolean): Style {
  const { bold, dim, red, yellow, green, cyan } = picocolors.createColors(color);
  return { bold, dim, red, yellow, green, cyan };
}

/** Columns that a text takes in a terminal. */
export function displayWidth(text: string): number {
  return stringWidth(text);
}
