/** Of each verb behind which the arguments of an event stand. */
export const FOLLOWED_BY_ARGUMENTS =
  'Behind EVENT only these are options; every other word, such as -1, is an argument. Behind "--" all are.';
