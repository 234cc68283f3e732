/** What became of a write. */
export const writeStatus = { pending: 0, committed: 1 } as const;

/** Every write that a leader took, by number; 0 is what was there at the start. */
export class WriteLog {
  length = 1;
  readonly operation: Int32Array;
  readonly request: Int32Array;
  readonly key: Int32Array;
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Write that the values were computed from: the chain of these says which writes still count. */
  readonly base: Int32Array;
  readonly home: Int32Array;
  readonly status: Uint8Array;
  readonly version: Float64Array;
  readonly takenAt: Float64Array;
  /** Confirmations by region. */
  readonly confirmations: Uint8Array;

  constructor(capacity: number, regions: number, initialValue: number) {
    this.operation = new Int32Array(capacity).fill(-1);
    this.request = new Int32Array(capacity).fill(-1);
    this.key = new Int32Array(capacity);
    this.first = new Int32Array(capacity);
    this.second = new Int32Array(capacity);
    this.base = new Int32Array(capacity).fill(-1);
    this.home = new Int32Array(capacity);
    this.status = new Uint8Array(capacity);
    this.version = new Float64Array(capacity);
    this.takenAt = new Float64Array(capacity);
    this.confirmations = new Uint8Array(capacity * regions);
    this.first[0] = initialValue;
    this.second[0] = initialValue;
    this.status[0] = writeStatus.committed;
  }
}

/** What became of a request, as its client knows it. */
export const requestStatus = { pending: 0, done: 1, unknown: 2, refused: 3 } as const;

/** Every request of a client, in the order of their calls. */
export class RequestLog {
  length = 0;
  readonly operation: Int32Array;
  readonly client: Int32Array;
  readonly key: Int32Array;
  /** 1: a write. */
  readonly isWrite: Uint8Array;
  readonly status: Uint8Array;
  readonly call: Float64Array;
  /** Infinite while there is no answer. */
  readonly end: Float64Array;
  /** Write that was read or made; of two items, the first. */
  readonly write: Int32Array;
  readonly secondWrite: Int32Array;
  /** Write that a change was computed from. */
  readonly base: Int32Array;
  /** Values that a change asks for. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Newest version acknowledged to anybody before the call. */
  readonly floor: Float64Array;
  /** When that acknowledgement came. */
  readonly floorAt: Float64Array;
  /** Session token at the call. */
  readonly token: Float64Array;
  readonly region: Int32Array;
  readonly replies: Uint8Array;
  readonly hops: Uint8Array;
  /** 1: the change was guarded by the version it was computed from. */
  readonly isGuarded: Uint8Array;

  constructor(capacity: number) {
    const integers = () => new Int32Array(capacity).fill(-1);
    this.operation = integers();
    this.client = integers();
    this.key = integers();
    this.isWrite = new Uint8Array(capacity);
    this.status = new Uint8Array(capacity);
    this.call = new Float64Array(capacity);
    this.end = new Float64Array(capacity).fill(Number.POSITIVE_INFINITY);
    this.write = integers();
    this.secondWrite = integers();
    this.base = integers();
    this.first = integers();
    this.second = integers();
    this.floor = new Float64Array(capacity);
    this.floorAt = new Float64Array(capacity);
    this.token = new Float64Array(capacity);
    this.region = integers();
    this.replies = new Uint8Array(capacity);
    this.hops = new Uint8Array(capacity);
    this.isGuarded = new Uint8Array(capacity);
  }
}
