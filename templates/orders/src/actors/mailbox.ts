/** Runs tasks one after the other, in the order in which they came. */
export interface Mailbox {
  readonly post: <Result>(task: () => Promise<Result>) => Promise<Result>;
}

/** A task that fails is the problem of whoever posted it; the next one runs all the same. */
export function createMailbox(): Mailbox {
  let last: Promise<unknown> = Promise.resolve();
  return {
    post: (task) => {
      const result = last.then(task);
      last = result.catch(() => {});
      return result;
    },
  };
}
