import type { StringMap } from "../../../estate/kubernetes/json-value.ts";

/** The domains that one label key divides the nodes into, numbered in the order in which they were first seen. */
export class Topology {
  readonly key: string;
  /** Domain by slot; -1 where the node lacks the key or there is none. */
  domainOf: Int32Array;
  private readonly values: string[] = [];
  private readonly domains = new Map<string, number>();

  constructor(key: string, capacity: number) {
    this.key = key;
    this.domainOf = new Int32Array(capacity).fill(-1);
  }

  get size(): number {
    return this.values.length;
  }

  /** The label value of a domain. */
  valueOf(domain: number): string {
    return this.values[domain] ?? "";
  }

  place(slot: number, labels: StringMap): void {
    const value = Object.hasOwn(labels, this.key) ? labels[this.key] : undefined;
    this.domainOf[slot] = value === undefined ? -1 : this.domainNamed(value);
  }

  clear(slot: number): void {
    this.domainOf[slot] = -1;
  }

  grow(capacity: number): void {
    const grown = new Int32Array(capacity).fill(-1);
    grown.set(this.domainOf);
    this.domainOf = grown;
  }

  private domainNamed(value: string): number {
    const known = this.domains.get(value);
    if (known !== undefined) return known;
    const domain = this.values.length;
    this.values.push(value);
    this.domains.set(value, domain);
    return domain;
  }
}
