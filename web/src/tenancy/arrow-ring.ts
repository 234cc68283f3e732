import type { ReachVerdict } from "../../../src/tenancy/reachability/reachability-report.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An arrow between two names on the ring. */
export interface ArrowEnd {
  readonly from: string;
  readonly to: string;
  readonly kind: Exclude<ReachVerdict, "denied">;
}

const centre = { x: 160, y: 150 } as const;
const radius = { x: 108, y: 126 } as const;
/** Room for the pill of a name. */
const clearance = { x: 40, y: 17 } as const;
/** How far an arrow bends, so that the one back does not lie on it. */
const bend = 0.14;

/** Places on an ellipse, the first one on top, clockwise. */
export function ringPlaces(names: readonly string[]): ReadonlyMap<string, Point> {
  return new Map(
    names.map((name, index) => {
      const angle = (index / names.length) * 2 * Math.PI - Math.PI / 2;
      return [
        name,
        { x: round(centre.x + radius.x * Math.cos(angle)), y: round(centre.y + radius.y * Math.sin(angle)) },
      ];
    }),
  );
}

/** Bent lines between the places, from edge to edge of the names; what has no place has no arrow. */
export function ringArrows<End extends ArrowEnd>(
  ends: readonly End[],
  places: ReadonlyMap<string, Point>,
): readonly (End & { readonly path: string })[] {
  return ends.flatMap((end) => {
    const [from, to] = [places.get(end.from), places.get(end.to)];
    if (from === undefined || to === undefined || end.from === end.to) return [];
    const middle = {
      x: (from.x + to.x) / 2 + (to.y - from.y) * bend,
      y: (from.y + to.y) / 2 - (to.x - from.x) * bend,
    };
    const [start, stop] = [edgeOf(from, middle), edgeOf(to, middle)];
    return [{ ...end, path: `M${start.x} ${start.y}Q${round(middle.x)} ${round(middle.y)} ${stop.x} ${stop.y}` }];
  });
}

/** Where a line from the place towards a point leaves the name's pill. */
function edgeOf(place: Point, towards: Point): Point {
  const [dx, dy] = [towards.x - place.x, towards.y - place.y];
  const length = Math.hypot(dx / clearance.x, dy / clearance.y) || 1;
  return { x: round(place.x + dx / length), y: round(place.y + dy / length) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
