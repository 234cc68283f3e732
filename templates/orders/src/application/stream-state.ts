import type { Decider } from "../domain/decider.ts";
import type { DomainEvent } from "../domain/events.ts";
import type { EventStore } from "../ports/event-store.ts";

/** A stream folded up to a version. */
export interface StreamState<State> {
  readonly version: number;
  readonly state: State;
}

export interface StreamStates<State> {
  /** The stream as committed now. */
  readonly load: (stream: string) => Promise<StreamState<State>>;
}

const rememberedStreams = 1000;

/**
 * Folds streams and remembers the latest ones, so that only what came since is read. Events never change, hence a
 * remembered state is never wrong, only short of events.
 */
export function createStreamStates<Event extends DomainEvent, State>(
  store: EventStore,
  decider: Pick<Decider<never, Event, State, never>, "initialState" | "fold">,
): StreamStates<State> {
  const remembered = new Map<string, StreamState<State>>();

  async function load(stream: string): Promise<StreamState<State>> {
    const known = remembered.get(stream) ?? { version: 0, state: decider.initialState };
    const recorded = await store.read(stream, known.version + 1);
    const events = recorded.map(({ event }) => event as Event);
    const current =
      events.length === 0
        ? known
        : { version: recorded.at(-1)?.version ?? known.version, state: decider.fold(known.state, events) };
    remember(stream, current);
    return current;
  }

  function remember(stream: string, state: StreamState<State>): void {
    remembered.delete(stream);
    remembered.set(stream, state);
    const [oldest] = remembered.keys();
    if (remembered.size > rememberedStreams && oldest !== undefined) remembered.delete(oldest);
  }

  return { load };
}
