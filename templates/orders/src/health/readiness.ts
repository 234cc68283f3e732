/** What a readiness probe asks. Liveness is another question: a process that waits for its database must not be killed. */
export interface Readiness {
  /** Fails the probe from now on, so that no new requests are sent here. */
  readonly startDraining: () => void;
  readonly isReady: () => Promise<boolean>;
}

/** Ready while not draining and while the check of what the process needs succeeds. */
export function createReadiness(check: () => Promise<unknown>): Readiness {
  let draining = false;
  return {
    startDraining: () => {
      draining = true;
    },
    isReady: async () => {
      if (draining) return false;
      try {
        await check();
        return true;
      } catch {
        return false;
      }
    },
  };
}
