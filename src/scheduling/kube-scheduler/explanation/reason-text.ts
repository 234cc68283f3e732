/** Reasons of kube-scheduler as predicates of a number of nodes: one node, several. */
const predicates: readonly (readonly [reason: RegExp, one: string, several: string])[] = [
  [/^Too many pods$/, "runs as many pods as it may", "run as many pods as they may"],
  [/^Insufficient (.+)$/, "has too little $1 left", "have too little $1 left"],
  [/^node\(s\) were unschedulable$/, "is cordoned", "are cordoned"],
  [/requested node name$/, "is not the node it names", "are not the node it names"],
  [/^node\(s\) had untolerated taint \{(.*)\}$/, "has the taint $1, not tolerated", "have the taint $1, not tolerated"],
  [/node affinity\/selector$/, "is not selected by it", "are not selected by it"],
  [/free ports/, "has its host port taken", "have its host port taken"],
  [/missing required label/, "lacks the label it spreads over", "lack the label it spreads over"],
  [/topology spread constraints$/, "would make its spread too uneven", "would make its spread too uneven"],
  [/match pod affinity rules$/, "is not near the pods it must be near", "are not near the pods it must be near"],
  [/match pod anti-affinity rules$/, "is near pods it must keep away from", "are near pods it must keep away from"],
  [/existing pods anti-affinity/, "is near pods that keep it away", "are near pods that keep it away"],
  [/max volume count$/, "has no room for another volume", "have no room for another volume"],
  [/PersistentVolume's node affinity$/, "does not reach its volume", "do not reach its volume"],
  [/persistent volumes to bind$/, "has no volume for its claim", "have no volume for its claim"],
  [/volume zone$/, "is outside its volume's zone", "are outside its volume's zone"],
  [/free storage$/, "has too little free storage", "have too little free storage"],
  [
    /ReadWriteOncePod/,
    "waits for a claim that another pod holds alone",
    "wait for a claim that another pod holds alone",
  ],
  [/scheduling gates$/, "waits for its scheduling gates", "wait for its scheduling gates"],
];

/** A reason of kube-scheduler in plain words, to follow a number of nodes; unknown ones as they are. */
export function reasonText(reason: string, nodes: number): string {
  for (const [pattern, one, several] of predicates) {
    const match = pattern.exec(reason);
    if (match !== null) return (nodes === 1 ? one : several).replace("$1", match[1] ?? "");
  }
  return reason;
}
