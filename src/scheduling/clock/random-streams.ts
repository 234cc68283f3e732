import { seededDraws } from "../kube-scheduler/tie-breaker.ts";

/** Random numbers by what they are for: more draws of one kind leave the others as they are. */
export interface RandomStreams {
  readonly boot: () => number;
  readonly start: () => number;
  readonly phases: () => number;
  readonly nodeScaling: () => number;
}

export function randomStreams(seed: number): RandomStreams {
  // Odd and far apart: seeds that follow one another do not share streams.
  const stream = (position: number) => seededDraws((seed ^ Math.imul(position, 0x9e3779b1)) >>> 0);
  return { boot: stream(1), start: stream(2), phases: stream(3), nodeScaling: stream(4) };
}
