/** Bugs of remote notification that are planted in a real daemon, as those of `../plants.ts`. */
export const NOTIFICATION_PLANTS = {
  'not handed over after a restart': {
    changes: [
      {
        module: 'apps/cluster-manager/src/start-cluster-manager.ts',
        text: '  notification.takeUp().catch(defect);\n',
        by: '',
      },
      {
        module: 'apps/cluster-manager/src/notification/notices.ts',
        text: '    recorded(run) {\n',
        by: '    recorded(run) {\n      if (Math.random() < 0.8) return;\n',
      },
    ],
  },
  'sent without a claim': {
    changes: [
      {
        module: 'apps/cluster-manager/src/notification/outbox.ts',
        text: '    const claim = await writer.change(work.id, (current) => {',
        by: `    const early = known.get(work.id)?.notification;
    if (early?.recipients[work.index]) await parts.deliver(early, early.recipients[work.index] as NotificationRecipient, method, aborting.signal);
    const claim = await writer.change(work.id, (current) => {`,
      },
    ],
  },
} as const;
