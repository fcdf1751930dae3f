import type { NotificationTransport } from '@fallover/events';
import { TRANSPORTS, type Transport } from '@fallover/notify';
import { z } from 'zod';

/** What a form, and whoever seals, knows of one setting. */
interface SettingFacts {
  title?: string;
  secret?: boolean;
  [more: string]: unknown;
}

export interface SettingSchemas {
  properties: Record<string, SettingFacts>;
  required: string[];
}

/** The settings of each transport as JSON Schema, made from the schema that reads what is typed. */
const SCHEMAS: ReadonlyMap<NotificationTransport, SettingSchemas> = new Map(
  TRANSPORTS.map(({ kind, settings }) => {
    const { properties = {}, required = [] } = z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' });
    return [kind, { properties: properties as SettingSchemas['properties'], required }];
  }),
);

export const settingsOf = ({ kind }: Pick<Transport, 'kind'>): SettingSchemas =>
  SCHEMAS.get(kind) ?? { properties: {}, required: [] };

export const settingNames = (transport: Pick<Transport, 'kind'>): string[] => Object.keys(settingsOf(transport).properties);
export const isSecret = (transport: Pick<Transport, 'kind'>, name: string): boolean =>
  settingsOf(transport).properties[name]?.secret === true;
export const titleOf = (transport: Pick<Transport, 'kind'>, name: string): string =>
  settingsOf(transport).properties[name]?.title ?? name;
