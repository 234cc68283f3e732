import fc from "fast-check";
import { expect, test } from "vitest";
import type { NetworkProtocol } from "./network-policy.ts";
import {
  allPorts,
  formatPorts,
  intersectPorts,
  isAllPorts,
  noPorts,
  type PortSet,
  portsOf,
  unitePorts,
} from "./port-set.ts";

const protocol = fc.constantFrom<NetworkProtocol>("TCP", "UDP", "SCTP");
const interval = fc.tuple(protocol, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 8 }));
const intervals = fc.array(interval, { maxLength: 6 });

function setOf(list: readonly (readonly [NetworkProtocol, number, number])[]): PortSet {
  return unitePorts(list.map(([name, first, length]) => portsOf(name, first, first + length)));
}

function members(list: readonly (readonly [NetworkProtocol, number, number])[]): Set<string> {
  return new Set(
    list.flatMap(([name, first, length]) => Array.from({ length: length + 1 }, (_, step) => `${name} ${first + step}`)),
  );
}

function membersOf(set: PortSet): Set<string> {
  return new Set(
    [...set].flatMap(([name, ranges]) =>
      ranges.flatMap(([first, last]) =>
        Array.from({ length: last - first + 1 }, (_, step) => `${name} ${first + step}`),
      ),
    ),
  );
}

test("union and intersection hold exactly the ports that they should", () => {
  fc.assert(
    fc.property(intervals, intervals, (left, right) => {
      expect(membersOf(unitePorts([setOf(left), setOf(right)]))).toEqual(members([...left, ...right]));
      const common = new Set([...members(left)].filter((port) => members(right).has(port)));
      expect(membersOf(intersectPorts(setOf(left), setOf(right)))).toEqual(common);
    }),
  );
});

test("one set has one text", () => {
  fc.assert(
    fc.property(intervals, (list) => {
      expect(formatPorts(setOf(list))).toBe(formatPorts(setOf(list.toReversed())));
    }),
  );
  expect(
    formatPorts(
      setOf([
        ["TCP", 80, 1],
        ["TCP", 82, 0],
        ["UDP", 53, 0],
      ]),
    ),
  ).toBe("TCP 80-82,UDP 53");
  expect([formatPorts(allPorts), formatPorts(noPorts), isAllPorts(allPorts)]).toEqual(["all", "none", true]);
});
