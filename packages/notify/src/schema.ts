import { isIpLabel, parseFilePathname } from '@fallover/events';
import { z } from 'zod';

/** What the form says about a setting. */
type SettingWords = {
  title: string;
  description: string;
  placeholder?: string;
  /** It can be different on each node, such as the port of a modem. */
  perNode?: true;
};

/** The settings of a transport: strings, numbers, booleans and enums by name, and no other name. */
export const settingsSchema = <Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> =>
  z.strictObject(shape);

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what a setting must not have
const ONE_LINE = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/;

/** One line without control characters, so that no setting can become a line of a protocol. */
export const oneLine = (words: SettingWords, most = 1024) =>
  z
    .string()
    .min(1, 'Type something, or leave the setting out.')
    .max(most, `Type at most ${most.toLocaleString('en')} characters.`)
    .regex(ONE_LINE, 'Leave out line ends and other control characters.')
    .meta(words);

/** As `oneLine`; it is kept encrypted and never shown again. */
export const secret = (words: SettingWords, most = 1024) => oneLine(words, most).meta({ ...words, secret: true });

/** The name or the address of a host. */
export const host = (words: SettingWords) =>
  z
    .string()
    .max(253, 'A name of a host has at most 253 characters.')
    .refine(isHost, 'Type the name of a host, or its address: no port, no blanks.')
    .meta(words);

const HOST_LABEL = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;

export const isHost = (text: string): boolean =>
  text.includes(':')
    ? isIpLabel(text)
    : text
        .replace(/\.$/, '')
        .split('.')
        .every((label) => HOST_LABEL.test(label));

export const port = (words: SettingWords) => wholeNumber(words, 1, 65_535);

export const wholeNumber = (words: SettingWords, least: number, most: number) => {
  const sentence = `Type a whole number from ${least} to ${most}.`;
  return z.coerce.number(sentence).int(sentence).min(least, sentence).max(most, sentence).meta(words);
};

/** `true` or `false`. */
export const yesOrNo = (words: SettingWords) =>
  z.stringbool({ truthy: ['true'], falsy: ['false'], error: 'Type true or false.' }).meta(words);

/** The full pathname of a file that is read on the node that sends. */
export const filePathname = (words: SettingWords) =>
  z
    .string()
    .refine((text) => parseFilePathname(text, 'setting').ok, 'Type a full pathname, such as /etc/ssl/certs/ca.pem.')
    .meta(words);

/** Of the certificate authority that a server's certificate is checked by. */
export const caFile = () =>
  filePathname({
    title: 'CA file',
    description: 'PEM file with the certificate authorities by which the server is known. Default: those of the system.',
    placeholder: '/etc/ssl/certs/ca.pem',
    perNode: true,
  });
