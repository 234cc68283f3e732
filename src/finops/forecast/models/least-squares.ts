/** Coefficients of a least-squares fit and the inverse of the normal matrix, which carries their uncertainty. */
export interface LeastSquares {
  readonly coefficients: readonly number[];
  /** (X'X)^-1 of the columns as they were given. */
  readonly inverse: readonly (readonly number[])[];
}

/**
 * Solves min |X b - y| by the normal equations with Gauss-Jordan elimination and pivoting. Columns that depend on others
 * get the coefficient 0. Columns should be of like size.
 */
export function leastSquares(rows: readonly (readonly number[])[], values: readonly number[]): LeastSquares {
  const width = rows[0]?.length ?? 0;
  // Columns: the normal matrix, the right side, and the identity that becomes the inverse.
  const matrix = Array.from({ length: width }, (_, row) =>
    Array.from({ length: 2 * width + 1 }, (__, column) => (column === width + 1 + row ? 1 : 0)),
  );
  for (const [index, cells] of rows.entries()) {
    const value = values[index] ?? 0;
    for (let row = 0; row < width; row += 1) {
      const left = cells[row] ?? 0;
      if (left === 0) continue;
      for (let column = 0; column < width; column += 1) add(matrix, row, column, left * (cells[column] ?? 0));
      add(matrix, row, width, left * value);
    }
  }
  const dropped = eliminate(matrix, width);
  return {
    coefficients: matrix.map((row, index) => (dropped.has(index) ? 0 : (row[width] ?? 0))),
    inverse: matrix.map((row, index) =>
      Array.from({ length: width }, (_, column) =>
        dropped.has(index) || dropped.has(column) ? 0 : (row[width + 1 + column] ?? 0),
      ),
    ),
  };
}

/** Brings the left part to the identity; returns the columns that depend on others. */
function eliminate(matrix: number[][], width: number): ReadonlySet<number> {
  const dropped = new Set<number>();
  const scale = matrix.map((row, index) => Math.abs(row[index] ?? 0));
  for (let pivot = 0; pivot < width; pivot += 1) {
    const diagonal = matrix[pivot]?.[pivot] ?? 0;
    if (Math.abs(diagonal) <= 1e-10 * (scale[pivot] ?? 0) || diagonal === 0) {
      dropped.add(pivot);
      continue;
    }
    const pivotRow = (matrix[pivot] ?? []).map((cell) => cell / diagonal);
    matrix[pivot] = pivotRow;
    for (const [index, row] of matrix.entries()) {
      const factor = row[pivot] ?? 0;
      if (index === pivot || factor === 0) continue;
      matrix[index] = row.map((cell, column) => cell - factor * (pivotRow[column] ?? 0));
    }
  }
  return dropped;
}

function add(matrix: number[][], row: number, column: number, value: number): void {
  const cells = matrix[row];
  if (cells !== undefined) cells[column] = (cells[column] ?? 0) + value;
}
