import type { Box } from "../graph/box.ts";
import type { BoxMeasure } from "../graph/measure-boxes.ts";

/** Symbols drawn beside every colour, so that nothing is said by colour alone. */
export type SymbolName =
  | "check"
  | "cross"
  | "alert"
  | "diamond"
  | "square"
  | "circle"
  | "ring"
  | "question"
  | "share"
  | "link"
  | "pin";

/** What a badge means, for its colour. */
type BadgeTone = "bad" | "warn" | "good" | "plain";

export interface Badge {
  readonly symbol: SymbolName;
  readonly text: string;
  readonly tone: BadgeTone;
  /** The whole sentence, for the tooltip and for screen readers. */
  readonly title: string;
}

/** How one box looks under a lens: a class of the lens's palette, a few words, badges. Never a place or a size. */
export interface BoxLook {
  /** Class of the palette, such as `tenant-2`, `cost-4`, `down-1`, `severity-high`, `none`. */
  readonly tone: string;
  readonly words: string;
  readonly badges: readonly Badge[];
}

/** One row of the legend. */
export interface LegendRow {
  readonly tone: string;
  readonly label: string;
  /** Filter term or selection that a click stands for. */
  readonly filter?: string;
}

/** A lens over one assessment. */
export interface Lens {
  readonly look: (box: Box, measure: BoxMeasure) => BoxLook;
  readonly legend: readonly LegendRow[];
  /** What the colour says, as the legend's title. */
  readonly title: string;
  /** Which arrows are drawn, if any. */
  readonly arrows: "dependencies" | "reach" | undefined;
}
