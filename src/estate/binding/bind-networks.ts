import { rangesOverlap, subnetOutside } from "../diagnostics/reference-diagnostics.ts";
import type { EstateDocument } from "../kinds/estate-document.ts";
import type { ValidDocument } from "../kinds/validate-document.ts";
import { type Cidr, containsRange, overlaps, parseCidr } from "../model/cidr.ts";
import type { Network, Region } from "../model/estate.ts";
import type { FieldPath } from "../sources/yaml-document.ts";
import type { BindingLog } from "./binding-log.ts";
import type { DocumentSet } from "./document-set.ts";
import { namedEntries } from "./named-entries.ts";

type NetworkSpec = NonNullable<NonNullable<NonNullable<EstateDocument["spec"]>["networks"]>[number]>;

interface NamedRange {
  readonly name: string;
  readonly range: Cidr;
  readonly path: FieldPath;
}

/** The networks of the Estate; subnets must lie inside their network and apart from one another. */
export function bindNetworks(
  { estate }: DocumentSet,
  regions: readonly Region[] | undefined,
  log: BindingLog,
): readonly Network[] {
  if (estate === undefined) return [];
  const entries = namedEntries(estate.value.spec?.networks, ["spec", "networks"], estate, log);
  const ranges: NamedRange[] = [];
  const networks = entries.map(({ item, path }) => {
    checkRegion(item, path, estate, regions, log);
    ranges.push(...checkSubnets(item, path, estate, log));
    return bindNetwork(item, path, estate);
  });
  reportOverlaps(ranges, estate, log);
  return networks;
}

function bindNetwork(item: NetworkSpec, path: FieldPath, estate: ValidDocument<"Estate">): Network {
  return {
    name: item.name,
    region: item.region,
    zone: item.zone,
    addressSpace: item.addressSpace ?? [],
    subnets: item.subnets ?? [],
    egress: { type: item.egress?.type, allowedFqdns: item.egress?.allowedFqdns ?? [] },
    place: estate.locate(path),
  };
}

function checkRegion(
  item: NetworkSpec,
  path: FieldPath,
  estate: ValidDocument<"Estate">,
  regions: readonly Region[] | undefined,
  log: BindingLog,
): void {
  const { region } = item;
  if (region === undefined || regions === undefined || regions.some(({ name }) => name === region)) return;
  const candidates = regions.map(({ name }) => name);
  const context = { place: estate.locate([...path, "region"]), affects: [estate.id] };
  log.dangling({ field: `network ${item.name}`, what: "region", target: region, candidates }, context);
}

/** Reports what is wrong inside one network; gives its address space, to be compared with the others'. */
function checkSubnets(
  item: NetworkSpec,
  path: FieldPath,
  estate: ValidDocument<"Estate">,
  log: BindingLog,
): readonly NamedRange[] {
  const space = (item.addressSpace ?? []).flatMap((text, index) =>
    namedRange(`network ${item.name} (${text})`, text, [...path, "addressSpace", index]),
  );
  const subnets = namedEntries(item.subnets, [...path, "subnets"], estate, log);
  const ranges = subnets.flatMap((subnet) =>
    namedRange(`subnet ${subnet.item.name} (${subnet.item.prefix})`, subnet.item.prefix, [...subnet.path, "prefix"]),
  );
  for (const subnet of subnets) {
    const range = parseCidr(subnet.item.prefix);
    if (range === undefined || space.length === 0 || space.some((outer) => containsRange(outer.range, range))) continue;
    const parameters = { subnet: subnet.item.name, prefix: subnet.item.prefix, network: item.name };
    log.report(subnetOutside, parameters, { place: estate.locate([...subnet.path, "prefix"]), affects: [estate.id] });
  }
  reportOverlaps(ranges, estate, log);
  return space;
}

function namedRange(name: string, text: string, path: FieldPath): readonly NamedRange[] {
  const range = parseCidr(text);
  return range === undefined ? [] : [{ name, range, path }];
}

/** Ranges either nest or are apart, so after sorting only the ones that are still open need a look. */
function reportOverlaps(ranges: readonly NamedRange[], estate: ValidDocument<"Estate">, log: BindingLog): void {
  const sorted = [...ranges].sort(compareRanges);
  let open: NamedRange | undefined;
  for (const current of sorted) {
    if (open !== undefined && overlaps(open.range, current.range)) {
      const context = { place: estate.locate(current.path), affects: [estate.id] };
      log.report(rangesOverlap, { one: current.name, other: open.name }, context);
    } else {
      open = current;
    }
  }
}

function compareRanges({ range: left }: NamedRange, { range: right }: NamedRange): number {
  if (left.version !== right.version) return left.version - right.version;
  if (left.first !== right.first) return left.first < right.first ? -1 : 1;
  return left.prefixLength - right.prefixLength;
}
