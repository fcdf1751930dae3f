import { createHash } from 'node:crypto';
import { type ScriptSet, scriptSetText } from '@fallover/events';

/** The name of the directory in which a set of scripts is laid down: the SHA-256 of what is in it. */
export const setNameOf = (scripts: ScriptSet): string => createHash('sha256').update(scriptSetText(scripts)).digest('hex');

const SET_NAME = /^[0-9a-f]{64}$/;
export const isSetName = (name: string): boolean => SET_NAME.test(name);

/** Where `current` leads. Relative, so that it leads there by whatever name the library is reached. */
export const setLink = (setName: string): string => `sets/${setName}`;
export const isSetLink = (target: string): boolean => target.startsWith('sets/') && isSetName(target.slice('sets/'.length));
