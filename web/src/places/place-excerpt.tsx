import type { Place } from "../../../src/estate/sources/place.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import { ExcerptText } from "./excerpt-text.tsx";

/** The few lines around an exact place, where its text is at hand. */
export function PlaceExcerpt({ place }: { readonly place: Place }) {
  const { texts } = useWorkbench();
  const text = texts?.[place.source];
  if (text === undefined || place.line === undefined) return null;
  return <ExcerptText text={text} line={place.line} around={3} />;
}
