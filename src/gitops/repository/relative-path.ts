/** How a folder of the repository is written from another one. */
export function relativePath(from: string, to: string): string {
  const start = from.split("/");
  const end = to.split("/");
  let same = 0;
  while (same < start.length && same < end.length && start[same] === end[same]) same += 1;
  return [...start.slice(same).map(() => ".."), ...end.slice(same)].join("/");
}
