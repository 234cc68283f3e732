/** Up to three ids that share the most words with the one asked for. */
export function nearestIds(id: string, known: readonly string[]): readonly string[] {
  const wanted = new Set(wordsOf(id));
  const score = (candidate: string) => wordsOf(candidate).filter((word) => wanted.has(word)).length;
  return known
    .map((candidate) => ({ candidate, score: score(candidate) }))
    .filter((one) => one.score > 0)
    .sort(
      (a, b) => b.score - a.score || a.candidate.length - b.candidate.length || (a.candidate < b.candidate ? -1 : 1),
    )
    .slice(0, 3)
    .map((one) => one.candidate);
}

function wordsOf(id: string): readonly string[] {
  return id
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}
