import type { Estate } from "../../../estate/model/estate.ts";

/** The estate with a change made, or why it cannot be made. */
export type ChangedEstate =
  | { readonly estate: Estate; readonly caveats?: readonly string[] }
  | { readonly refused: string };
