import CheckCircleIcon from '@patternfly/react-icons/dist/dynamic/icons/check-circle-icon';
import ExclamationTriangleIcon from '@patternfly/react-icons/dist/dynamic/icons/exclamation-triangle-icon';
import InProgressIcon from '@patternfly/react-icons/dist/dynamic/icons/in-progress-icon';
import TimesCircleIcon from '@patternfly/react-icons/dist/dynamic/icons/times-circle-icon';
import UnknownIcon from '@patternfly/react-icons/dist/dynamic/icons/unknown-icon';
import type { ReactNode } from 'react';
import type { StepOutcome } from './step-tree.ts';

export const STEP_ICONS: Record<StepOutcome, { icon: ReactNode; says: string }> = {
  running: { icon: <InProgressIcon />, says: 'running' },
  succeeded: { icon: <CheckCircleIcon />, says: 'succeeded' },
  failed: { icon: <TimesCircleIcon />, says: 'failed' },
  interrupted: { icon: <ExclamationTriangleIcon />, says: 'interrupted' },
  lost: { icon: <UnknownIcon />, says: 'lost with its node' },
};
