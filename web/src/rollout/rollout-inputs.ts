import type { ViewState } from "../view-state/view-state.ts";
import type { RolloutChoice, RolloutChoices } from "./rollout-request.ts";

/** Ends of the controls; both scales are of ratios. */
export const trafficRange = { least: 0.5, most: 5000, usual: 50 } as const;
export const errorRange = { least: 0.001, most: 1, usual: 0.05 } as const;

/** Steps of a slider. */
export const sliderSteps = 100;

interface Range {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

/** What the address says, within the range; the usual where it says nothing that can be used. */
export function readInput(text: string | undefined, { least, most, usual }: Range): number {
  const value = text === undefined || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : usual;
}

/** Where a value stands on its slider. */
export function sliderPlace(value: number, { least, most }: Range): number {
  return Math.round((sliderSteps * Math.log(value / least)) / Math.log(most / least));
}

/** The value at a place of a slider, in two digits that can be read. */
export function sliderValue(place: number, { least, most }: Range): number {
  const value = Number((least * (most / least) ** (place / sliderSteps)).toPrecision(2));
  return Math.min(most, Math.max(least, value));
}

/** The policy that the address names, else the first. */
export function chosenPolicy({ choices }: RolloutChoices, { policy }: ViewState): RolloutChoice | undefined {
  return choices.find(({ key }) => key === policy) ?? choices[0];
}
