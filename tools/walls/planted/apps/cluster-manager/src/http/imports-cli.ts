export { main } from '@fallover/cli';
