/** A place in the unit of the area that was given. */
export interface TreemapTile {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Tiles as large as their values, as near to squares as it goes: "Squarified Treemaps" (Bruls, Huizing, van Wijk 2000).
 * Values must fall; those of 0 or less get a tile without an area.
 */
export function treemap(values: readonly number[], width: number, height: number): readonly TreemapTile[] {
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const tiles: TreemapTile[] = [];
  if (total <= 0) return values.map(() => ({ x: 0, y: 0, width: 0, height: 0 }));
  const areas = values.map((value) => (Math.max(0, value) * width * height) / total);
  let free = { x: 0, y: 0, width, height };
  let next = 0;
  while (next < areas.length) {
    const side = Math.min(free.width, free.height);
    let end = next + 1;
    while (
      end < areas.length &&
      worstRatio(areas.slice(next, end + 1), side) <= worstRatio(areas.slice(next, end), side)
    )
      end += 1;
    const row = areas.slice(next, end);
    free = layRow(row, free, tiles);
    next = end;
  }
  return tiles;
}

/** The longest side of a tile of the row over its shortest. */
function worstRatio(row: readonly number[], side: number): number {
  const sum = row.reduce((total, area) => total + area, 0);
  if (sum <= 0 || side <= 0) return 1;
  const [largest, smallest] = [Math.max(...row), Math.min(...row)];
  if (smallest <= 0) return Number.POSITIVE_INFINITY;
  return Math.max((side * side * largest) / (sum * sum), (sum * sum) / (side * side * smallest));
}

/** Lays a row along the shorter side; what is left is free. */
function layRow(row: readonly number[], free: TreemapTile, tiles: TreemapTile[]): TreemapTile {
  const sum = row.reduce((total, area) => total + area, 0);
  const isWide = free.width >= free.height;
  const side = isWide ? free.height : free.width;
  const depth = side > 0 ? sum / side : 0;
  let at = 0;
  for (const area of row) {
    const length = depth > 0 ? area / depth : 0;
    tiles.push(
      isWide
        ? { x: free.x, y: free.y + at, width: depth, height: length }
        : { x: free.x + at, y: free.y, width: length, height: depth },
    );
    at += length;
  }
  return isWide
    ? { x: free.x + depth, y: free.y, width: free.width - depth, height: free.height }
    : { x: free.x, y: free.y + depth, width: free.width, height: free.height - depth };
}
