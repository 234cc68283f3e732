import { isLost } from "./message-loss.ts";
import { requestStatus } from "./records.ts";
import { eventKind, type StoreState } from "./store-state.ts";

/** How a leader answers a write. */
export const writeAnswer = { done: 1, conflict: 2, throttled: 3 } as const;

/** Sends the answer to the client, which may miss it. */
export function answerWrite(state: StoreState, request: number, answer: number, write: number, home: number): void {
  const { requests } = state;
  const region = requests.region[request] as number;
  const operation = requests.operation[request] as number;
  if (requests.status[request] !== requestStatus.pending) return;
  if (state.isBlocked(home, region) || isLost(state, operation)) return;
  state.schedule(state.now + state.delay(home, region, operation), eventKind.writeReply, request, answer, write, 0);
}
