import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './passwords.ts';

export type AccountFault =
  | { code: 'not_a_name'; text: string }
  | { code: 'password_too_short'; characters: number }
  | { code: 'password_too_long'; characters: number }
  | { code: 'account_exists'; name: string };

export type SignInFault = { code: 'sign_in_refused' } | { code: 'too_many_failures'; retryAfterSeconds: number };

export type SetUpFault = AccountFault | { code: 'setup_token_not_valid' } | { code: 'administrator_exists' };

export function accessSentence(fault: AccountFault | SignInFault | SetUpFault): string {
  switch (fault.code) {
    case 'not_a_name':
      return `"${fault.text}" cannot be the name of an account. A name has 1 to 64 letters, digits, dots, underscores or hyphens, and begins with a letter or a digit.`;
    case 'password_too_short':
      return `The password has ${fault.characters} characters. It needs at least ${SHORTEST_PASSWORD}.`;
    case 'password_too_long':
      return `The password has ${fault.characters} characters. It can have at most ${LONGEST_PASSWORD}.`;
    case 'account_exists':
      return `There is an account named ${fault.name} already. Choose another name.`;
    case 'sign_in_refused':
      return 'The name or the password is not right.';
    case 'too_many_failures':
      return `Too many attempts to sign in have failed. Try again in ${minutes(fault.retryAfterSeconds)}.`;
    case 'setup_token_not_valid':
      return 'This set-up address is not valid any more: each start of the cluster manager prints a new one, which can be used once. Use the address that the last start printed.';
    case 'administrator_exists':
      return 'The administrator has been created already. Sign in.';
  }
}

function minutes(seconds: number): string {
  const whole = Math.ceil(seconds / 60);
  return whole === 1 ? '1 minute' : `${whole} minutes`;
}
