import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import { readAddressRange } from "./address-range.ts";
import { written } from "./written-text.ts";

/** What an API server refuses in a policy: the object would not exist, so what it does to its pods is not known. */
export interface PolicyFault {
  readonly kind: "address" | "field";
  /** Inside the object. */
  readonly path: FieldPath;
  /** A clause, such as `"10.0.0/8" is no address range`. */
  readonly text: string;
}

/** Collects the faults of one policy while it is read. */
export class FaultLog {
  readonly faults: PolicyFault[] = [];
  /** Ranges of IPv6, which mean nobody in a cluster of IPv4. */
  readonly ipv6: FieldPath[] = [];

  field(path: FieldPath, text: string): void {
    this.faults.push({ kind: "field", path, text });
  }

  /** Checks one range; an exception must lie inside it. */
  addresses(cidr: unknown, path: FieldPath): void {
    const reading = typeof cidr === "string" ? readAddressRange(cidr) : { kind: "invalid" as const };
    if (reading.kind === "invalid") {
      this.faults.push({ kind: "address", path, text: `"${written(cidr)}" is no address range` });
    } else if (reading.kind === "ipv6") this.ipv6.push(path);
  }

  exception(cidr: unknown, except: unknown, path: FieldPath): void {
    this.addresses(except, path);
    if (typeof cidr !== "string" || typeof except !== "string") return;
    const [outer, inner] = [readAddressRange(cidr), readAddressRange(except)];
    if (outer.kind !== "ipv4" || inner.kind !== "ipv4") return;
    if (inner.interval.first < outer.interval.first || inner.interval.last > outer.interval.last) {
      this.faults.push({ kind: "address", path, text: `the exception "${except}" is not inside "${cidr}"` });
    }
  }
}
