/**
 * What a decision answers: yes or a refusal that the business knows, and the events to remember. No events: there is
 * nothing left to do. A refusal has events where a repeated question must get the same answer.
 */
export type Decision<Event, Refusal> =
  | { readonly kind: "accepted"; readonly events: readonly Event[] }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly events: readonly Event[] };

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

export function refused<Refusal, Event = never>(
  refusal: Refusal,
  ...events: readonly Event[]
): Decision<Event, Refusal> {
  return { kind: "refused", refusal, events };
}
