/** Characters that a value takes when written, without indentation: what factoring saves is measured in it. */
export function writtenSize(value: unknown): number {
  return JSON.stringify(value)?.length ?? 0;
}

/** What naming the target of a patch, the operation and its path costs beside the value. */
export const OPERATION_SIZE = 40;

/** What removing an object costs: its name, and somebody's surprise that it is not there. */
export const REMOVAL_SIZE = 80;
