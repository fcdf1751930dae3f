/** What is known in memory: the line is made each second. */
export interface ClusterNow {
  cluster: string;
  node: string;
  /** The root event that is processed. */
  root?: { event: string; args: readonly string[]; state: 'running' | 'awaiting_decision' | 'ended' };
  troubles: readonly { sentence: string }[];
}

/** What `systemctl status` shows of the cluster: what is to be done comes first. */
export function statusLine({ cluster, node, root, troubles: [trouble] }: ClusterNow): string {
  const event = root && [root.event, ...root.args].join(' ');
  const failed = root?.state === 'awaiting_decision';
  const parts = [
    ...(failed ? [`RP_FAILED, ${event} failed: the cluster does not fail over until somebody recovers (fallover recover).`] : []),
    ...(trouble === undefined ? [] : [trouble.sentence]),
    ...(failed ? [] : [event === undefined ? 'No event is processed.' : `${event} is processed.`]),
  ];
  return `Cluster ${cluster}, node ${node}: ${parts.join(' ')}`;
}
