import type { Estate } from "../../estate/model/estate.ts";
import type { DeliveryUnit } from "../delivery/delivery-unit.ts";
import { canonicalText } from "./canonical-text.ts";
import { shortHash } from "./stamp.ts";

/**
 * Hash of the part of the model that a file tells, such as `Application/orders`: what is declared of it and what has to
 * be delivered for it. Places in the input are left out: moving a line changes nothing. What is no part by itself is
 * told by the whole estate.
 */
export function modelHashes(estate: Estate, units: readonly DeliveryUnit[]): (tells: string) => string {
  const known = new Map<string, string>();
  return (tells) => {
    const found = known.get(tells);
    if (found !== undefined) return found;
    const hash = shortHash(canonicalText(partOf(estate, units, tells)));
    known.set(tells, hash);
    return hash;
  };
}

function partOf(estate: Estate, units: readonly DeliveryUnit[], tells: string): unknown {
  const slash = tells.indexOf("/");
  const [kind, name] = [tells.slice(0, slash), tells.slice(slash + 1)];
  const named = <Part extends { readonly name: string }>(list: readonly Part[]) =>
    list.find((part) => part.name === name);
  switch (kind) {
    case "Application":
      return [named(estate.applications), units.filter((unit) => unit.tree === "apps" && unit.name === name)];
    case "Tenant":
      return [named(estate.tenants), units.filter((unit) => unit.tree === "platform" && unit.tenant === name)];
    case "Cluster":
      return [named(estate.clusters), units.map((unit) => unitAt(unit, name))];
    case "DataStore":
      return named(estate.dataStores);
    case "CloudService":
      return named(estate.cloudServices);
    default:
      return wholeEstate(estate);
  }
}

/** What a cluster is told of a unit: that it is there, not what is in it. */
function unitAt({ leaves, ...unit }: DeliveryUnit, cluster: string): unknown {
  const here = leaves.filter((leaf) => leaf.cluster === cluster);
  return here.length === 0 ? undefined : { ...unit, places: here.map(({ environment }) => environment) };
}

function wholeEstate({ name, environments, clusters, tenants, applications, delivery }: Estate): unknown {
  const names = (list: readonly { readonly name: string }[]) => list.map((each) => each.name);
  return { name, environments, delivery, tenants, clusters: names(clusters), applications: names(applications) };
}
