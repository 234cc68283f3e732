import type { CommandOutcome } from "../application/commands.ts";
import type { StreamState } from "../application/stream-state.ts";
import type { Decider } from "../domain/decider.ts";
import type { DomainEvent } from "../domain/events.ts";
import type { EventStore, HandledMessage } from "../ports/event-store.ts";
import { createMailbox } from "./mailbox.ts";

/** The one writer of a stream. */
export interface StreamActor<Command, Refusal> {
  readonly execute: (command: Command, handled?: HandledMessage) => Promise<CommandOutcome<Refusal>>;
}

/** Keeps the state of its stream in memory: it is read once, and as nobody else writes, it stays true. */
export function createStreamActor<Command, Event extends DomainEvent, State, Refusal>(
  stream: string,
  decider: Decider<Command, Event, State, Refusal>,
  store: EventStore,
): StreamActor<Command, Refusal> {
  const mailbox = createMailbox();
  let current: StreamState<State> | undefined;

  async function load(): Promise<StreamState<State>> {
    const recorded = await store.read(stream);
    const events = recorded.map(({ event }) => event as Event);
    return { version: recorded.length, state: decider.fold(decider.initialState, events) };
  }

  async function execute(command: Command, handled?: HandledMessage): Promise<CommandOutcome<Refusal>> {
    const { version, state } = current ?? (await load());
    // Unknown until the append has answered: a failure in between says nothing about what was committed.
    current = undefined;
    const decision = decider.decide(command, state);
    // Also without events: only the append finds out whether this replica still owns the stream.
    const result = await store.append(stream, version, decision.events, handled);
    if (result.kind === "conflict") throw new Error(`${stream} has a second writer: version ${result.actualVersion}`);
    if (result.kind === "duplicate") return result;
    current = { version: result.version, state: decider.fold(state, decision.events) };
    return decision.kind === "accepted" ? { kind: "done" } : { kind: "refused", refusal: decision.refusal };
  }

  return { execute: (command, handled) => mailbox.post(() => execute(command, handled)) };
}
