export { openJournal } from '@fallover/cluster-manager';
