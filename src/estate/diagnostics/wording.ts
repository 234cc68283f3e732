import { nearestName } from "./nearest-name.ts";

/** Parameters of a rule that can say what was probably meant: the names that would have done. */
export interface Suggesting {
  readonly candidates: readonly string[];
}

/** The nearest of the names that would have done; without one, all of them. */
export function didYouMean(written: string, candidates: readonly string[]): string {
  // Below three letters everything is near everything.
  const nearest = written.length < 3 ? undefined : nearestName(written, candidates);
  if (nearest !== undefined) return `Did you mean ${shorten(nearest)}?`;
  return candidates.length === 0 ? "There is none that could be named." : `Names that would do: ${listed(candidates)}.`;
}

/** Cuts hostile lengths, so that a message stays one readable sentence. */
export function shorten(text: string): string {
  const flat = text.replace(/\s+/g, " ");
  return flat.length <= 80 ? flat : `${flat.slice(0, 77)}...`;
}

export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 12).map(shorten).join(", ");
  return names.length > 12 ? `${shown} and ${names.length - 12} more` : shown;
}
