import type { ReachVerdict, TenantEnds } from "../../../src/tenancy/reachability/reachability-report.ts";
import { type ArrowEnd, ringArrows, ringPlaces } from "./arrow-ring.ts";
import { type ReachCell, worstEnd } from "./reach-matrix.ts";
import classes from "./tenancy-view.module.css";

interface ReachArrowsProps {
  readonly cells: readonly ReachCell[];
  readonly tenants: readonly string[];
  readonly ends: readonly TenantEnds[];
  readonly chosen: ReachCell | undefined;
}

/** More tenants than a ring shows without its arrows covering each other. */
const limit = 12;
const tones: { readonly [verdict in ReachVerdict | "around"]: string } = {
  open: "gap-2",
  limited: "gap-1",
  notEvaluable: "gap-unknown",
  denied: "gap-0",
  around: "gap-unknown",
};

/** Tenants and the internet on a ring, with an arrow for each way that is not proven closed. The matrix says the same. */
export function ReachArrows({ cells, tenants, ends, chosen }: ReachArrowsProps) {
  if (tenants.length < 2 || tenants.length > limit) return null;
  const places = ringPlaces(["internet", ...tenants]);
  const arrows = ringArrows(
    [...cells.flatMap(arrowsOf), ...tenants.flatMap((tenant) => worldArrows(ends, tenant))],
    places,
  );
  return (
    <svg
      className={classes.arrows}
      viewBox="0 0 320 300"
      role="img"
      aria-label="Ways between tenants that are not closed"
    >
      <defs>
        <marker id="reach-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto">
          <path d="M0 .5 8 4 0 7.5Z" />
        </marker>
      </defs>
      {arrows.map(({ from, to, kind, path }) => (
        <path
          key={`${from} ${to} ${kind}`}
          data-part="arrow"
          data-kind={kind}
          data-faded={chosen !== undefined && isBeside(from, to, chosen)}
          className={`tone-${tones[kind]}`}
          d={path}
          markerEnd="url(#reach-head)"
        />
      ))}
      {[...places].map(([name, { x, y }]) => (
        <g key={name} transform={`translate(${x} ${y})`}>
          <rect
            data-part="tenant"
            data-world={name === "internet"}
            x={-halfWidth(name)}
            y={-12}
            width={halfWidth(name) * 2}
            height={24}
            rx={12}
          />
          <text>{name}</text>
        </g>
      ))}
    </svg>
  );
}

function halfWidth(name: string): number {
  return Math.max(26, name.length * 3.4 + 9);
}

function isBeside(from: string, to: string, chosen: ReachCell): boolean {
  const ends = [chosen.from, chosen.to];
  return !ends.includes(from) && !ends.includes(to);
}

function arrowsOf({ from, to, connections }: ReachCell): readonly ArrowEnd[] {
  const [{ verdict }] = connections;
  if (from === to || verdict === "denied") return [];
  return [{ from, to, kind: verdict }];
}

/** In from the internet, and out to it. */
function worldArrows(ends: readonly TenantEnds[], tenant: string): readonly ArrowEnd[] {
  const [inward, outward] = [worstEnd(ends, tenant, "exposed"), worstEnd(ends, tenant, "world")];
  return [
    ...(inward === undefined || inward.verdict === "denied"
      ? []
      : [{ from: "internet", to: tenant, kind: inward.verdict }]),
    ...(outward === undefined || outward.verdict === "denied"
      ? []
      : [{ from: tenant, to: "internet", kind: outward.verdict }]),
  ];
}
