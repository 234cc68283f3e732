/** What a decision answers: new events (none when there is nothing left to do), or a refusal that the business knows. */
export type Decision<Event, Refusal> =
  | { readonly kind: "accepted"; readonly events: readonly Event[] }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/**
 * The functional core of one kind of stream: no clock, no storage, no randomness.
 *
 * Both functions leave their arguments alone. `decide` has to answer a repeated command with no events, because a
 * command is delivered at least once.
 */
export interface Decider<Command, Event, State, Refusal> {
  readonly initialState: State;
  readonly decide: (command: Command, state: State) => Decision<Event, Refusal>;
  /** The state after these events. It takes many at once, so that a long stream is folded without a copy per event. */
  readonly fold: (state: State, events: readonly Event[]) => State;
}

export function accepted<Event>(...events: readonly Event[]): Decision<Event, never> {
  return { kind: "accepted", events };
}

export function refused<Refusal>(refusal: Refusal): Decision<never, Refusal> {
  return { kind: "refused", refusal };
}
