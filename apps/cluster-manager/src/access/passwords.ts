import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 1024;

/** The package's default algorithm is argon2id; 19 MiB and two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The same password typed on another keyboard may come composed in another way. */
const normal = (password: string): string => password.normalize('NFKC');

export const charactersOf = (password: string): number => [...password].length;
export const hashPassword = (password: string): Promise<string> => hash(normal(password), COST);
export const matches = (passwordHash: string, password: string): Promise<boolean> => verify(passwordHash, normal(password));

/** A hash that no password has; comparing with it costs as much as comparing with an account's. */
export const decoyHash = (): Promise<string> => hash(randomBytes(32), COST);
